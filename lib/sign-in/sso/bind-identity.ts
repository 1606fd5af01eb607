import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { Claims } from "../read-claims.ts";
import type { Visitor } from "../visitor.ts";
import type { Connection } from "./connection-in-use.ts";
import type { Person } from "./person-of-identity.ts";

/** From here on the person is whom this issuer calls by this subject, whatever becomes of the addresses. */
export async function bindIdentity(
  tx: Transaction,
  { accountId }: Connection,
  { issuer, subject, email }: Claims,
  { userId, userName }: Person,
  { ip }: Visitor,
): Promise<void> {
  await tx.execute(sql`insert into identities (account_id, user_id, issuer, subject)
    values (${accountId}, ${userId}, ${issuer}, ${subject})`);
  await recordEvent(
    tx,
    { kind: "user", accountId, userId, userName, ip },
    {
      action: "identity.bound",
      subjectKind: "user",
      subjectId: userId,
      details: { issuer, subject, email },
    },
  );
}
