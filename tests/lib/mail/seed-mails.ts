import postgres from "postgres";

type Seed = { accounts?: number; mails: number; name?: string; run?: boolean };

/** Accounts with invited people and their queued invitation mails, written past row-level security. */
export async function seedMails(superUrl: string, { accounts = 1, mails, name = "Acme", run = false }: Seed) {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const made = await sql<{ id: string }[]>`
      insert into accounts (slug, name)
      select 'acme-' || n || '-' || substr(md5(random()::text), 1, 8), ${name} from generate_series(1, ${accounts}::int) n
      returning id`;
    for (const [index, account] of made.entries()) {
      const share = Math.floor(mails / accounts) + (index < mails % accounts ? 1 : 0);
      await seedAccount(sql, account.id, share, `a${index}`, run);
    }
    return made.map((account) => account.id);
  } finally {
    await sql.end();
  }
}

async function seedAccount(
  sql: postgres.Sql,
  accountId: string,
  mails: number,
  prefix: string,
  run: boolean,
) {
  const [admin] = await sql<{ id: string }[]>`
    insert into users (account_id, email, first_name, last_name, status, source)
    values (${accountId}, ${`${prefix}.dana@acme.test`}, 'Dana', 'Cole', 'active', 'api') returning id`;
  const runId = run ? sql`uuid_v7()` : sql`null`;
  await sql`
    with person as (
      insert into users (account_id, email, status, source)
      select ${accountId}, ${prefix} || '.p' || n || '@acme.test', 'invited', 'import'
      from generate_series(1, ${mails}::int) n returning id, email),
    offer as (
      insert into invitations (account_id, user_id, email, source, invited_by, expires_at)
      select ${accountId}, id, email, 'import', ${admin?.id ?? null}, now() + interval '14 days' from person
      returning id, email),
    run as (select ${runId}::uuid as id),
    mail as (
      insert into emails (account_id, key, kind, recipient, subject_id, run_id)
      select ${accountId}, 'invitation:' || offer.id || ':1', 'invitation', offer.email, offer.id, run.id from offer, run
      returning run_id)
    insert into run_mail_counts (account_id, run_id, queued)
    select ${accountId}, run_id, count(*) from mail where run_id is not null group by run_id`;
}
