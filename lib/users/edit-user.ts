import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { violatedConstraint } from "#lib/db/violated-constraint.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { cleanValue } from "./clean-value.ts";
import { addressFault, type EditedField } from "./person/judge-edit.ts";
import { lockUser } from "./person/lock-user.ts";
import { outranks, type UserRow } from "./person/read-user.ts";
import { type FieldEdit, isNewAddress, leaveOldAddress, saveFields } from "./person/save-edit.ts";
import { profileFields } from "./profile-fields.ts";
import { valueFault } from "./value-fault.ts";

/** The fields of the form, in its order; the names are the columns of users. */
export const editedFields: readonly EditedField[] = ["email", ...profileFields];

type Values = Record<EditedField, string>;

/** `shown`: what the form was filled with, in the person's `version`; `typed`: what came back. Blank is empty. */
export type UserEdit = { id: string; version: number; shown: Values; typed: Values };

export type Edited =
  | { ok: true; changes: FieldEdit[] }
  | { ok: false; reason: "not_found" | "deleted" }
  | { ok: false; reason: "invalid"; errors: Partial<Values> }
  /** `changes`: what somebody else did since the form was filled; `now`: what it would be filled with. */
  | { ok: false; reason: "changed_meanwhile"; version: number; changes: FieldEdit[]; now: Values };

export async function editUser(actor: UserActor, edit: UserEdit): Promise<Edited> {
  authorize(actor, "users.edit");
  try {
    return await withAccount(actor, (tx) => editIn(tx, actor, edit));
  } catch (error) {
    // Whoever took the address in the same moment was first.
    if (violatedConstraint(error) !== "users_one_per_address") throw error;
    return { ok: false, reason: "invalid", errors: { email: "Somebody else has just got this address." } };
  }
}

async function editIn(tx: Transaction, actor: UserActor, edit: UserEdit): Promise<Edited> {
  const user = await lockUser(tx, actor, edit.id);
  if (!user) return { ok: false, reason: "not_found" };
  if (user.status === "deleted") return { ok: false, reason: "deleted" };
  const now = valuesOf(user);
  const meanwhile = user.version === edit.version ? [] : difference(edit.shown, now);
  if (meanwhile.length > 0)
    return { ok: false, reason: "changed_meanwhile", version: user.version, changes: meanwhile, now };
  const edits = difference(now, edit.typed);
  const errors = await faults(tx, actor, user, edits);
  if (Object.keys(errors).length > 0) return { ok: false, reason: "invalid", errors };
  if (edits.length === 0) return { ok: true, changes: [] };
  await saveFields(tx, user.id, edits);
  const consequences = edits.some(isNewAddress) ? await leaveOldAddress(tx, actor, user) : {};
  await recordEvent(tx, actor, {
    action: "user.edited",
    subjectKind: "user",
    subjectId: user.id,
    details: { changes: edits, ...consequences },
  });
  return { ok: true, changes: edits };
}

const valuesOf = (user: UserRow): Values =>
  Object.fromEntries(editedFields.map((field) => [field, user[field] ?? ""])) as Values;

function difference(before: Values, after: Values): FieldEdit[] {
  return editedFields.flatMap((field): FieldEdit[] => {
    const [was, is] = [cleanValue(before[field]), cleanValue(after[field])];
    return was === is ? [] : [{ field, before: was || null, after: is || null }];
  });
}

async function faults(tx: Transaction, actor: UserActor, user: UserRow, edits: FieldEdit[]) {
  const errors: Partial<Values> = {};
  for (const edit of edits) {
    const { field, after } = edit;
    const fault =
      field === "email"
        ? await emailFault(tx, actor, user, edit)
        : after === null
          ? null
          : valueFault(after, field);
    if (fault) errors[field] = fault;
  }
  return errors;
}

async function emailFault(
  tx: Transaction,
  actor: UserActor,
  user: UserRow,
  edit: FieldEdit,
): Promise<string | null> {
  // Links that sign in go to the address: who may write it may become them.
  if (outranks(user, actor) && isNewAddress(edit))
    return "This person may do what you may not. Somebody who may do all of it can change their address.";
  if (edit.after === null) return hasJoined(user) ? "Somebody who has joined needs an address." : null;
  const domains = await tx.execute<{ domain: string }>(
    sql`select domain from account_domains where verified_at is not null order by domain`,
  );
  const fault = addressFault(
    edit.after,
    [...domains].map((row) => row.domain),
  );
  return fault ?? takenBy(tx, user.id, edit.after);
}

const hasJoined = ({ status, status_before_suspension: before }: UserRow): boolean =>
  ["signed_up", "active"].includes((status === "suspended" ? before : status) ?? "");

async function takenBy(tx: Transaction, userId: string, address: string): Promise<string | null> {
  const [other] = await tx.execute<{ name: string | null; status: string }>(sql`
    select nullif(concat_ws(' ', first_name, last_name), '') as name, status from users
    where email_norm = ${address.toLowerCase()} and id <> ${userId}`);
  if (!other) return null;
  return other.status === "deleted"
    ? "Somebody who was deleted had this address. Import it with the status New to bring them in again."
    : `${other.name ?? "Somebody else"} has this address already.`;
}
