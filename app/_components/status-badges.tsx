import type { ListedEntry } from "#lib/runs/list-entries.ts";
import { outcomeWords } from "#lib/runs/report-words.ts";
import type { RunState, RunView } from "#lib/runs/run-view.ts";
import { type UserStatus, userStatuses } from "#lib/users/user-status.ts";
import type { EmailValidation } from "#lib/users/user-view.ts";
import { Badge, type BadgeData, type Tone } from "./badge.tsx";

const people: Record<UserStatus, Tone> = {
  not_invited: "quiet",
  invited: "busy",
  signed_up: "warn",
  active: "good",
  suspended: "bad",
  deleted: "quiet",
  pending_email_input: "warn",
};

export const userStatusBadge = (status: UserStatus): BadgeData => [people[status], userStatuses[status]];

export function UserStatusBadge({ status }: { status: UserStatus }) {
  return <Badge tone={people[status]}>{userStatuses[status]}</Badge>;
}

const validations: Record<EmailValidation, [Tone, string]> = {
  pending: ["warn", "Address pending"],
  validated: ["good", "Address validated"],
  bounced: ["bad", "Address bounced"],
};

export function EmailValidationBadge({ validation }: { validation: EmailValidation }) {
  const [tone, label] = validations[validation];
  return <Badge tone={tone}>{label}</Badge>;
}

const runs: Record<RunState, [Tone, string]> = {
  mapping: ["warn", "Waiting for columns"],
  queued: ["quiet", "Queued"],
  reading: ["busy", "Reading"],
  planning: ["busy", "Planning"],
  planned: ["busy", "Planned"],
  applying: ["busy", "Applying"],
  completed: ["good", "Completed"],
  failed: ["bad", "Failed"],
  cancelled: ["quiet", "Cancelled"],
};

export function RunStateBadge({ run }: { run: Pick<RunView, "state" | "mode" | "removals"> }) {
  const [tone, label] = runStateBadge(run);
  return <Badge tone={tone}>{label}</Badge>;
}

export function runStateBadge({
  state,
  mode,
  removals,
}: Pick<RunView, "state" | "mode" | "removals">): BadgeData {
  if (mode === "check" && state === "planned") return ["good", "Checked"];
  return state === "completed" && removals === "waiting" ? ["warn", "Waiting for approval"] : runs[state];
}

type Outcome = ListedEntry["outcome"];
const outcomes: Record<Outcome, Tone> = {
  new: "good",
  updated: "busy",
  deleted: "warn",
  activated: "good",
  unchanged: "quiet",
  skipped: "warn",
  failed: "bad",
  waiting: "warn",
  not_done: "quiet",
};

/** An outcome out of a query string; anything else counts as absent. */
export const outcomeOf = (value: string | undefined): Outcome | undefined =>
  value !== undefined && Object.hasOwn(outcomes, value) ? (value as Outcome) : undefined;

export const outcomeBadge = (outcome: Outcome, words: Record<Outcome, string> = outcomeWords): BadgeData => [
  outcomes[outcome],
  words[outcome],
];

export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <Badge tone={outcomes[outcome]}>{outcomeWords[outcome]}</Badge>;
}
