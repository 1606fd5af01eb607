import { Badge, type Tone } from "./badge.tsx";

const people: Record<string, [Tone, string]> = {
  not_invited: ["quiet", "Not Invited"],
  invited: ["busy", "Invited"],
  signed_up: ["warn", "Signed Up"],
  active: ["good", "Active"],
  suspended: ["bad", "Suspended"],
  deleted: ["quiet", "Deleted"],
};
export const userStatuses = Object.keys(people);
export const userStatusLabel = (status: string): string => people[status]?.[1] ?? status;

export function UserStatusBadge({ status, email }: { status: string; email: string | null }) {
  const [tone, label] = people[status] ?? ["quiet", status];
  return email ? <Badge tone={tone}>{label}</Badge> : <Badge tone="warn">Pending Email Input</Badge>;
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
