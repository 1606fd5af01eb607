import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Visitor } from "../visitor.ts";
import type { Person } from "./person-of-identity.ts";

/**
 * Whoever comes the first time, with a confirmed address, has joined with it, and an open invitation is accepted; answers
 * whether it was the first time.
 */
export async function admit(
  tx: Transaction,
  accountId: string,
  person: Person,
  { ip }: Visitor,
): Promise<boolean> {
  if (person.status === "active" || (person.bound && person.status === "signed_up")) return false;
  await tx.execute(sql`update users set status = 'active', email_validation = 'validated', version = version + 1,
    updated_at = now() where id = ${person.userId}`);
  if (person.invitationId) {
    await tx.execute(
      sql`update invitations set state = 'accepted', ended_at = now()
        where id = ${person.invitationId} and state = 'open'`,
    );
  }
  const { userId, userName, status } = person;
  await recordEvent(
    tx,
    { kind: "user", accountId, userId, userName, ip },
    {
      action: "user.joined",
      subjectKind: "user",
      subjectId: userId,
      details: { method: "sso", changes: [{ field: "status", before: status, after: "active" }] },
    },
  );
  return true;
}
