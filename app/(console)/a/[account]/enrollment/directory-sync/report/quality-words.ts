import { oneOf } from "#app/_web/query.ts";
import { type QualityKind, qualityKinds } from "#lib/directory/quality-kinds.ts";

export const qualityWords: Record<QualityKind, { label: string; advice: string }> = {
  no_mail: {
    label: "Without mail",
    advice: "Kept as Pending Email Input until the directory has an address, or somebody enters one.",
  },
  shared_mail: {
    label: "Shared addresses",
    advice: "Only one person can have an address here; the others are brought without it.",
  },
  foreign_mail: {
    label: "Other domains",
    advice:
      "Addresses outside the domains of this account are not taken over. Verify the domain, or mend them.",
  },
  odd_mail: {
    label: "Not an address",
    advice: "What stands there is no address that mail can be sent to.",
  },
  odd_value: {
    label: "Odd values",
    advice: "Values that are too long, or hold what cannot be shown, are left as they are here.",
  },
  disabled_in_list: {
    label: "Disabled, still in a list",
    advice: "They are in no group here any more, but mail to the list still goes to them.",
  },
  left_out: {
    label: "Left out",
    advice: "By an exclusion rule, protected from syncs, or disabled before they were ever here.",
  },
};

export const kindOf = (value: string | string[] | undefined): QualityKind | undefined =>
  qualityKinds.find((kind) => kind === oneOf(value));
