import { userStatuses } from "#lib/users/user-status.ts";
import type { Entry, Place } from "./read-snapshot.ts";
import { baseStep, unitStep } from "./scope-steps.ts";
import { type Explained, passed, type Step, stopped, unknown } from "./step.ts";

/** What the last syncs made of an entry, step by step. Pure. */
export function explainEntry(entry: Entry, place: Place, sharers: Entry[]): Explained {
  const { user_id: id, user_name: name, run_at: at } = entry;
  return {
    title: entry.dn,
    person: id && name ? { id, name } : null,
    run: at ? { id: entry.run_id, at: new Date(at) } : null,
    steps: [
      baseStep(entry.dn_key, place.settings),
      unitStep(entry.dn_key, place.settings),
      inclusionStep(place),
      exclusionStep(entry, place),
      protectedStep(entry),
      ownAddressStep(entry, sharers),
      matchStep(entry),
      changeStep(entry),
    ],
  };
}

function inclusionStep({ settings, settled }: Place): Step {
  const { inclusion } = settings.users;
  if (inclusion === "") return passed("inclusion", "There is no inclusion rule: everybody is taken.");
  return settled
    ? passed("inclusion", `Fits the inclusion rule ${inclusion}`)
    : unknown(
        "inclusion",
        `The settings were changed after the last complete reading, so it is not known yet whether the inclusion rule ${inclusion} fits.`,
      );
}

function exclusionStep({ verdict, reason }: Entry, { settings }: Place): Step {
  if (verdict === "excluded") return stopped("exclusion", reason ?? "Left out by an exclusion rule.");
  const rules = settings.users.exclusions.length;
  if (rules === 0) return passed("exclusion", "There are no exclusion rules.");
  const which =
    rules === 1 ? "The exclusion rule did not mean" : `None of the ${rules} exclusion rules meant`;
  return passed("exclusion", `${which} this entry when it was last read.`);
}

const protectedStep = ({ verdict, reason }: Entry): Step =>
  verdict === "protected"
    ? stopped("protected", reason ?? "Protected from syncs; left as they are.")
    : passed("protected", "Was not protected from syncs.");

function ownAddressStep({ email, external_id }: Entry, sharers: Entry[]): Step {
  if (email === null) return unknown("address", "Has no address in the directory that can be taken over.");
  const others = sharers.filter(
    (other) => other.external_id !== external_id && other.email?.toLowerCase() === email.toLowerCase(),
  );
  if (others.length === 0) return passed("address", `Has the address ${email} in the directory.`);
  const named = others
    .slice(0, 3)
    .map(({ dn }) => dn)
    .join("; ");
  return stopped(
    "address",
    `Shares the address ${email} with ${named}. Only one person can have it here: whoever has it already keeps it.`,
  );
}

function matchStep({ user_name: name, user_status: status }: Entry): Step {
  return name && status
    ? passed(
        "match",
        `Is ${name} here (${userStatuses[status]}), known by the id that the directory never changes.`,
      )
    : unknown("match", "Is nobody here.");
}

function changeStep(entry: Entry): Step {
  const told = entry.reason ?? "";
  if (entry.waits) return stopped("change", `Would be suspended; that waits for approval. ${told}`.trim());
  if (entry.verdict === "suspended") return stopped("change", `Was suspended by a sync. ${told}`.trim());
  if (entry.verdict === "excluded" || entry.verdict === "protected")
    return stopped("change", "Nothing is changed.");
  const again = entry.unsettled ? " The next sync looks at this entry again." : "";
  if (entry.verdict === "left_out") return stopped("change", `Was not brought in. ${told}${again}`.trim());
  return passed("change", `Is here as in the directory.${told ? ` ${told}` : ""}${again}`);
}
