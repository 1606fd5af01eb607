import type { Tone } from "#app/_components/badge.tsx";
import { fieldLabel, type ImportField } from "#lib/imports/fields.ts";
import type { ChangeKind, ListedChange } from "#lib/runs/list-changes.ts";
import { type UserStatus, userStatuses } from "#lib/users/user-status.ts";

const kinds: Record<ChangeKind, [Tone, string]> = {
  create: ["good", "Added"],
  update: ["busy", "Changed"],
  suspend: ["warn", "Suspended"],
  restore: ["good", "Restored"],
  delete: ["warn", "Taken out again"],
  manage: ["good", "Made managed"],
  unmanage: ["busy", "Made unmanaged"],
  resend: ["good", "Invitation sent again"],
  revoke: ["warn", "Invitation revoked"],
};

export const changeKinds = Object.entries(kinds).map(([value, [, label]]) => ({ value, label }));

/** A kind out of a query string; anything else counts as absent. */
export const changeKindOf = (value: string | undefined): ChangeKind | undefined =>
  value !== undefined && Object.hasOwn(kinds, value) ? (value as ChangeKind) : undefined;

export const changeWord = (kind: string): [Tone, string] =>
  kind === "invite" ? ["good", "Invited"] : (kinds[kind as ChangeKind] ?? ["quiet", "Changed"]);

const others = { status: "Status", managed: "Managed", organizational_unit: "Organizational unit" };

export const changedField = (field: ListedChange["fields"][number]["field"]): string =>
  field in others ? others[field as keyof typeof others] : fieldLabel(field as ImportField);

/** What the page shows of a value; null where it is empty. */
export function changedValue(field: string, value: string | null): string | null {
  if (field !== "status" || value === null) return value;
  return userStatuses[value as UserStatus] ?? value;
}
