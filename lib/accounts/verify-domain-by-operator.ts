import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isTaken } from "./domains/is-taken.ts";
import { readDomain } from "./domains/read-domain.ts";

type Refusal = "not_a_domain" | "taken" | "verified_already";
type Verified = { ok: true; domain: string } | { ok: false; reason: Refusal };

/** For the operator, who knows whose the domain is: adds it where it is not on the list yet. */
export async function verifyDomainByOperator(accountId: string, text: string): Promise<Verified> {
  const domain = readDomain(text);
  if (!domain) return { ok: false, reason: "not_a_domain" };
  return write(accountId, domain).catch((error: unknown) => {
    if (isTaken(error)) return { ok: false, reason: "taken" };
    throw error;
  });
}

function write(accountId: string, domain: string): Promise<Verified> {
  return withAccount({ accountId }, async (tx) => {
    const [made] = await tx.execute(sql`
      insert into account_domains (account_id, domain, verified_at, verified_how)
      values (${accountId}, ${domain}, now(), 'operator')
      on conflict (account_id, domain) do update set verified_at = now(), verified_how = 'operator'
      where account_domains.verified_at is null returning domain`);
    if (!made) return { ok: false, reason: "verified_already" };
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "domain.verified",
      subjectKind: "domain",
      details: { domain, method: "operator" },
    });
    return { ok: true, domain };
  });
}
