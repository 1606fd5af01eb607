import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { domainProof, domainProofName } from "#lib/secrets/domain-proof.ts";
import { isTaken } from "./domains/is-taken.ts";
import { type LookedUp, lookUpProof } from "./domains/look-up-proof.ts";
import { readDomain } from "./domains/read-domain.ts";

type Refusal = Exclude<LookedUp, "found"> | "no_such_domain" | "taken";
type Verified = { ok: true; domain: string } | { ok: false; reason: Refusal };
/** `dnsServers`: addresses of name servers; none: the system's. */
type Means = { tokenKey: string; dnsServers: string[] };

/** Looks for the account's record. "taken": another account has verified it, whose name is nobody's business here. */
export async function verifyDomain(actor: UserActor, text: string, means: Means): Promise<Verified> {
  authorize(actor, "domains.change");
  const domain = readDomain(text);
  if (!domain) return { ok: false, reason: "no_such_domain" };
  const added = await withAccount(actor, (tx) =>
    tx.execute<{ is_verified: boolean }>(
      sql`select verified_at is not null as is_verified from account_domains where domain = ${domain}`,
    ),
  );
  if (!added[0]) return { ok: false, reason: "no_such_domain" };
  if (added[0].is_verified) return { ok: true, domain };
  const proof = domainProof(means.tokenKey, actor.accountId, domain);
  const found = await lookUpProof(domainProofName(domain), proof, means.dnsServers);
  if (found !== "found") return { ok: false, reason: found };
  return writeVerified(actor, domain).catch((error: unknown) => {
    if (isTaken(error)) return { ok: false, reason: "taken" };
    throw error;
  });
}

function writeVerified(actor: UserActor, domain: string): Promise<Verified> {
  return withAccount(actor, async (tx) => {
    const [written] = await tx.execute(sql`
      update account_domains set verified_at = now(), verified_how = 'dns'
      where domain = ${domain} and verified_at is null returning domain`);
    if (written) {
      const details = { domain, method: "dns" };
      await recordEvent(tx, actor, { action: "domain.verified", subjectKind: "domain", details });
    }
    return { ok: true, domain };
  });
}
