import { type SQL, sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { endSessionsOf, killSignInLinks, revokeInvitation } from "./end-access.ts";
import type { EditedField } from "./judge-edit.ts";
import type { UserRow } from "./read-user.ts";
import { withdrawMails } from "./withdraw-mails.ts";

/** Null is empty. */
export type FieldEdit = { field: EditedField; before: string | null; after: string | null };

/** Another spelling of the same address changes nothing but its letters. */
export const isNewAddress = ({ field, before, after }: FieldEdit): boolean =>
  field === "email" && before?.toLowerCase() !== after?.toLowerCase();

export async function saveFields(tx: Transaction, userId: string, edits: FieldEdit[]): Promise<void> {
  const columns = edits.map(({ field, after }): SQL => sql`${sql.identifier(field)} = ${after}`);
  await tx.execute(sql`
    update users set ${sql.join(columns, sql`, `)}, version = version + 1, updated_at = now() where id = ${userId}`);
}

/**
 * After a change of address: every link that went to the old one is dead, what waited to be sent there is taken back,
 * the identity provider's binding goes, which was made by the address, and the new one is yet to be proved. Who was
 * invited under the old one is *Not Invited* again.
 */
export async function leaveOldAddress(tx: Transaction, actor: UserActor, user: UserRow): Promise<object> {
  const own = user.id === actor.userId ? actor.sessionId : null;
  const mailsWithdrawn = await withdrawMails(tx, user.id, "the address was changed");
  await killSignInLinks(tx, user.id);
  const invitationRevoked = await revokeInvitation(tx, user.id);
  const sessionsEnded = await endSessionsOf(tx, user.id, own);
  const unbound = await tx.execute(sql`delete from identities where user_id = ${user.id}`);
  await tx.execute(sql`
    update users set email_validation = case when email is not null then 'pending' end,
      status = case status when 'invited' then 'not_invited' else status end,
      status_before_suspension = case status_before_suspension when 'invited' then 'not_invited'
        else status_before_suspension end
    where id = ${user.id}`);
  return { mailsWithdrawn, invitationRevoked, sessionsEnded, identitiesUnbound: unbound.count };
}
