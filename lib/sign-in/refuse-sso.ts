import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { SsoReason } from "./sso-reasons.ts";
import type { Visitor } from "./visitor.ts";

/**
 * Writes down a sign-in that ended before anybody was known: the provider was away, or proved nothing. Once a minute an
 * account and reason, for anybody can bring it about, and what is written stays.
 */
export async function refuseSso(accountId: string, reason: SsoReason, { ip }: Visitor): Promise<void> {
  await withAccount({ accountId }, async (tx) => {
    const [told] = await tx.execute(sql`select from audit_events where action = 'sign_in.refused'
      and details->>'reason' = ${reason} and id >= uuid_v7_floor(now() - interval '1 minute') limit 1`);
    if (told) return;
    await recordEvent(tx, systemActor(accountId, "single sign-on", ip), {
      action: "sign_in.refused",
      subjectKind: "account",
      subjectId: accountId,
      details: { method: "sso", reason },
    });
  });
}
