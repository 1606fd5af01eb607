import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { readDomain } from "./domains/read-domain.ts";

type Added =
  | { ok: true; domain: string }
  | { ok: false; reason: "not_a_domain" | "there_already" | "too_many" };

const mostDomains = 100;

/** Counts for nothing until it is verified; any account may add any domain. */
export async function addDomain(actor: UserActor, text: string): Promise<Added> {
  authorize(actor, "domains.change");
  const domain = readDomain(text);
  if (!domain) return { ok: false, reason: "not_a_domain" };
  return withAccount(actor, async (tx) => {
    const [there] = await tx.execute<{ n: number }>(sql`select count(*)::int as n from account_domains`);
    if ((there?.n ?? 0) >= mostDomains) return { ok: false, reason: "too_many" };
    const made = await tx.execute(sql`
      insert into account_domains (account_id, domain) values (${actor.accountId}, ${domain})
      on conflict do nothing returning domain`);
    if (made.length === 0) return { ok: false, reason: "there_already" };
    await recordEvent(tx, actor, { action: "domain.added", subjectKind: "domain", details: { domain } });
    return { ok: true, domain };
  });
}
