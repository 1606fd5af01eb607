import { userStatuses } from "#lib/users/user-status.ts";
import type { DirectorySettings } from "../settings.ts";
import type { Met } from "../sync/lines.ts";
import type { SyncVerdict } from "../sync/verdicts.ts";
import type { LiveEntry } from "./live-entry.ts";
import type { PlannedLine } from "./plan-line.ts";
import { baseStep, unitStep } from "./scope-steps.ts";
import { type Explained, passed, type Step, stopped, unknown } from "./step.ts";

type Seen = { live: LiveEntry; met: Met; planned: PlannedLine; settings: DirectorySettings };

/** What a sync would make of an entry as it is in the directory now. Pure. */
export function explainLiveEntry({ live, met, planned, settings }: Seen): Explained {
  const { person } = planned;
  return {
    title: met.dn,
    person: person && { id: person.id, name: person.name },
    run: null,
    steps: [
      baseStep(met.dnKey, settings),
      unitStep(met.dnKey, settings),
      inclusionStep(live, settings),
      ...ruleSteps(met, settings),
      addressStep(met),
      matchStep(planned),
      changeStep(planned, settings),
    ],
  };
}

/** Whether the entry is one that a sync takes. */
export function isInScope(live: LiveEntry, key: string, settings: DirectorySettings): boolean {
  const steps = [baseStep(key, settings), unitStep(key, settings), inclusionStep(live, settings)];
  return steps.every(({ verdict }) => verdict === "passed");
}

function inclusionStep({ isPerson, fits }: LiveEntry, { users: { inclusion } }: DirectorySettings): Step {
  if (!isPerson)
    return stopped("inclusion", "Is not an entry of a person, by its objectClass. Syncs take people only.");
  if (inclusion === "") return passed("inclusion", "There is no inclusion rule: everybody is taken.");
  return fits
    ? passed("inclusion", `Fits the inclusion rule ${inclusion}`)
    : stopped("inclusion", `Does not fit the inclusion rule ${inclusion}`);
}

function ruleSteps({ asked, told }: Met, { users, protected: kept }: DirectorySettings): Step[] {
  if (asked === "excluded") return [stopped("exclusion", told ?? "Left out by an exclusion rule.")];
  const count = users.exclusions.length;
  const sentence =
    count === 0
      ? "There are no exclusion rules."
      : `${count === 1 ? "The exclusion rule does not mean" : `None of the ${count} exclusion rules means`} this entry.`;
  const isProtected = asked === "protected";
  const guarded = isProtected
    ? stopped("protected", "A rule under Exclusions protects this entry from syncs.")
    : passed(
        "protected",
        kept.rules.length === 0 ? "No rule protects entries from syncs." : "No rule protects this entry.",
      );
  return [passed("exclusion", sentence), guarded];
}

function addressStep({ email, asked, told }: Met): Step {
  if (email !== null) return passed("address", `Has the address ${email}.`);
  const why = asked === "present" && told ? ` ${told}` : "";
  return unknown("address", `Has no address that can be taken over.${why}`);
}

const matchStep = ({ person, verdict }: PlannedLine): Step => {
  if (!person) return unknown("match", "Is nobody here yet.");
  const by = verdict === "adopt" ? "by the address, this once" : "by the id that the directory never changes";
  return passed("match", `Is ${person.name} here (${userStatuses[person.status]}), found ${by}.`);
};

const changes: Record<SyncVerdict, string> = {
  create: "Would be brought in.",
  create_without: "Would be brought in without an address.",
  adopt: "Would be kept true to the directory from the next sync on.",
  update: "Would be updated.",
  update_without: "Would be updated, but for the address.",
  same: "Nothing to change: is here as in the directory.",
  same_without: "Nothing can be changed.",
  revive: "Would be brought again.",
  restore: "Would be restored.",
  suspend: "Would be suspended; where too many would be, that waits for approval.",
  already_suspended: "Nothing to change: is suspended already.",
  unstated: "Nothing is changed.",
  suspended_here: "Nothing is changed.",
  deleted_here: "Nothing is changed.",
  disabled_unknown: "Would not be brought in.",
  excluded: "Nothing is changed.",
  protected: "Nothing is changed.",
  owner: "Nothing is changed.",
  unknown: "Would not be brought in.",
};

const going: ReadonlySet<SyncVerdict> = new Set([
  "create",
  "create_without",
  "adopt",
  "update",
  "update_without",
  "same",
  "revive",
  "restore",
]);
const writing: ReadonlySet<SyncVerdict> = new Set(["adopt", "update", "update_without", "restore", "revive"]);

function changeStep({ verdict, reason, changes: fields }: PlannedLine, { users }: DirectorySettings): Step {
  const invited =
    verdict === "create"
      ? users.inviteNew
        ? " An invitation is sent at once."
        : " They are not invited yet."
      : "";
  const told = reason ? ` ${reason}` : "";
  const sentence = `${changes[verdict]}${invited}${told}${writing.has(verdict) ? fieldsTold(fields) : ""}`;
  return going.has(verdict) ? passed("change", sentence) : stopped("change", sentence);
}

const mostFields = 20;

function fieldsTold(fields: PlannedLine["changes"]): string {
  if (fields.length === 0) return "";
  const word = (value: string | null) => (value === null ? "nothing" : `“${value}”`);
  return ` ${fields
    .slice(0, mostFields)
    .map(({ field, before, after }) => `${field}: ${word(before)} becomes ${word(after)}`)
    .join("; ")}.`;
}
