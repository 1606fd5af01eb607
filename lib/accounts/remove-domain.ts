import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readDomain } from "./domains/read-domain.ts";

type Removed = { ok: true } | { ok: false; reason: "no_such_domain" };

/** People stay; imports refuse the domain's addresses from now on, and single sign-on no longer speaks for them. */
export async function removeDomain(actor: UserActor, text: string): Promise<Removed> {
  authorize(actor, "domains.change");
  const domain = readDomain(text);
  if (!domain) return { ok: false, reason: "no_such_domain" };
  return withAccount(actor, async (tx) => {
    const [gone] = await tx.execute<{ verified: boolean }>(sql`
      delete from account_domains where domain = ${domain} returning verified_at is not null as verified`);
    if (!gone) return { ok: false, reason: "no_such_domain" };
    const details = { domain, verified: gone.verified };
    await recordEvent(tx, actor, { action: "domain.removed", subjectKind: "domain", details });
    return { ok: true };
  });
}
