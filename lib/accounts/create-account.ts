import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { builtInRoles } from "#lib/authorization/permissions.ts";
import { database } from "#lib/db/database.ts";
import { withAccount } from "#lib/db/with-account.ts";

type NewAccount = { slug: string; name: string; domains: string[] };

/** For the operator: an account with its built-in roles and its domains taken as verified. Returns its id. */
export async function createAccount({ slug, name, domains }: NewAccount): Promise<string> {
  const [made] = await database().orm.execute<{ id: string }>(sql`select uuid_v7() as id`);
  const accountId = made?.id as string;
  await withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`insert into accounts (id, slug, name) values (${accountId}, ${slug}, ${name})`);
    for (const domain of domains) {
      await tx.execute(sql`insert into account_domains (account_id, domain, verified_at)
        values (${accountId}, ${domain.toLowerCase()}, now())`);
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
  });
  return accountId;
}
