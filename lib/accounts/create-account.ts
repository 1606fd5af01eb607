import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { database } from "#lib/db/database.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { isTaken } from "./domains/is-taken.ts";
import { readDomain } from "./domains/read-domain.ts";

type NewAccount = { slug: string; name: string; domains: string[] };
type Created =
  | { ok: true; accountId: string }
  | { ok: false; reason: "not_a_domain"; domain: string }
  /** Another account has the slug, or has verified one of the domains. */
  | { ok: false; reason: "taken" };

/** For the operator: an account with its built-in roles and its domains taken as verified. */
export async function createAccount({ slug, name, domains }: NewAccount): Promise<Created> {
  const read = domains.map((text) => ({ text, domain: readDomain(text) }));
  const bad = read.find(({ domain }) => domain === null);
  if (bad) return { ok: false, reason: "not_a_domain", domain: bad.text };
  const [made] = await database().orm.execute<{ id: string }>(sql`select uuid_v7() as id`);
  const accountId = made?.id as string;
  const known = [...new Set(read.map(({ domain }) => domain as string))];
  return write(accountId, { slug, name, domains: known }).catch((error: unknown) => {
    if (isTaken(error)) return { ok: false, reason: "taken" };
    throw error;
  });
}

function write(accountId: string, { slug, name, domains }: NewAccount): Promise<Created> {
  return withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`insert into accounts (id, slug, name) values (${accountId}, ${slug}, ${name})`);
    for (const domain of domains) {
      await tx.execute(sql`insert into account_domains (account_id, domain, verified_at, verified_how)
        values (${accountId}, ${domain}, now(), 'operator')`);
    }
    for (const [kind, privileges] of Object.entries(builtInRoles)) {
      await tx.execute(sql`insert into roles (account_id, kind, name, privileges)
        values (${accountId}, ${kind}, ${kind === "owner" ? "Owner" : "Admin"}, ${sql.param([...privileges])}::text[])`);
    }
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "account.created",
      subjectKind: "account",
      subjectId: accountId,
      details: { slug, name, domains },
    });
    return { ok: true, accountId };
  });
}
