import { type ProfileField, profileFields } from "#lib/users/profile-fields.ts";
import type { Outcome } from "./entry-columns.ts";

/** What a run may change of a person besides the status; a file changes neither address nor unit. */
const changedFields = ["email", ...profileFields, "organizational_unit"] as const;
type ChangedField = (typeof changedFields)[number];

/** A row of run_changes with what is known of its line and its person. */
export type ChangeRow = Record<Exclude<ChangedField, "email">, string | null> & {
  new_email: string | null;
  position: number;
  line: number;
  outcome: Outcome;
  action: string;
  address: string | null;
  invitation_id: string | null;
  cleared: string[] | null;
  groups: string[] | null;
  leaves: string[] | null;
  /** What the status becomes, where the action does not say it. */
  status: string | null;
  before:
    | (Record<ProfileField, string | null> & Partial<Record<ChangedField | "status", string | null>>)
    | null;
  first_name_now: string | null;
  last_name_now: string | null;
};

/** Null is empty. `status` holds one of the words of users.status; null after it: as it was before the suspension. */
export type FieldChange = {
  field: ChangedField | "status" | "managed";
  before: string | null;
  after: string | null;
};

/** The fields that change, in the order of the import file; a person who is added has nothing before. */
export function fieldsOf(row: ChangeRow): FieldChange[] {
  const fields = changedFields.flatMap((field): FieldChange[] => {
    const before = row.before?.[field] ?? null;
    const after = row[field === "email" ? "new_email" : field];
    if (after !== null) return [{ field, before, after }];
    return before !== null && row.cleared?.includes(field) ? [{ field, before, after: null }] : [];
  });
  return [...fields, ...statusOf(row)];
}

function statusOf({ action, invitation_id, before, status }: ChangeRow): FieldChange[] {
  const was = before?.status ?? null;
  if (status !== null) return [{ field: "status", before: was, after: status }];
  if (action === "manage") return [{ field: "managed", before: "no", after: "yes" }];
  if (action === "unmanage") return [{ field: "managed", before: "yes", after: "no" }];
  if (action === "suspend") return [{ field: "status", before: was, after: "suspended" }];
  if (action === "restore") return [{ field: "status", before: was, after: null }];
  if (action === "revoke") return was === "invited" ? invitedTo("not_invited") : [];
  if (action === "resend")
    return was === "not_invited" ? [{ field: "status", before: was, after: "invited" }] : [];
  if (action === "create")
    return [{ field: "status", before: null, after: invitation_id ? "invited" : "not_invited" }];
  return action === "update" && invitation_id && was !== "invited"
    ? [{ field: "status", before: was, after: "invited" }]
    : [];
}

/** What was done, in one word: of whom nothing but the invitation is new it was that. */
export const kindOf = (row: ChangeRow): string =>
  row.action === "update" &&
  row.invitation_id &&
  !row.groups &&
  fieldsOf(row).every(({ field }) => field === "status")
    ? "invite"
    : row.action;

const invitedTo = (after: string): FieldChange[] => [{ field: "status", before: "invited", after }];

/** As it will be, or was before; of people whose names the file does not tell, as it is now. */
export function nameOf(row: ChangeRow): string | null {
  const first = row.first_name ?? row.before?.first_name ?? row.first_name_now;
  const last = row.last_name ?? row.before?.last_name ?? row.last_name_now;
  return [first, last].filter(Boolean).join(" ") || null;
}
