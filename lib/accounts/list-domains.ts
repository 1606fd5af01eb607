import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { domainProof, domainProofName } from "#lib/secrets/domain-proof.ts";

export type Domain = {
  domain: string;
  verifiedAt: Date | null;
  verifiedHow: "operator" | "dns" | null;
  /** The TXT record that proves the domain. */
  record: { name: string; value: string };
};
type Row = { domain: string; verified_at: string | null; verified_how: Domain["verifiedHow"] };

/** The account's domains by name, verified or not. */
export async function listDomains(actor: UserActor, tokenKey: string): Promise<Domain[]> {
  authorize(actor, "domains.view");
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Row>(sql`select domain, verified_at, verified_how from account_domains order by domain`),
  );
  return [...rows].map(({ domain, verified_at, verified_how }) => ({
    domain,
    verifiedAt: verified_at ? new Date(verified_at) : null,
    verifiedHow: verified_how,
    record: { name: domainProofName(domain), value: domainProof(tokenKey, actor.accountId, domain) },
  }));
}
