import { type UserStatus, userStatuses } from "#lib/users/user-status.ts";
import { Badge, type Tone } from "./badge.tsx";

const people: Record<UserStatus, Tone> = {
  not_invited: "quiet",
  invited: "busy",
  signed_up: "warn",
  active: "good",
  suspended: "bad",
  deleted: "quiet",
  pending_email_input: "warn",
};

export function UserStatusBadge({ status }: { status: UserStatus }) {
  return <Badge tone={people[status]}>{userStatuses[status]}</Badge>;
}

const runs: Record<string, [Tone, string]> = {
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

export function RunStateBadge({ state, mode }: { state: string; mode: string }) {
  if (mode === "check" && state === "planned") return <Badge tone="good">Checked</Badge>;
  const [tone, label] = runs[state] ?? ["quiet", state];
  return <Badge tone={tone}>{label}</Badge>;
}

const outcomes: Record<string, [Tone, string]> = {
  created: ["good", "New"],
  updated: ["busy", "Updated"],
  deleted: ["warn", "Deleted"],
  activated: ["good", "Activated"],
  unchanged: ["quiet", "Unchanged"],
  skipped: ["warn", "Skipped"],
  failed: ["bad", "Failed"],
};
export const entryOutcomes = Object.keys(outcomes);
export const outcomeLabel = (outcome: string): string => outcomes[outcome]?.[1] ?? outcome;

export function OutcomeBadge({ outcome }: { outcome: string }) {
  const [tone, label] = outcomes[outcome] ?? ["quiet", outcome];
  return <Badge tone={tone}>{label}</Badge>;
}
