import postgres from "postgres";
import { profileFields } from "#lib/users/profile-fields.ts";
import type { BenchDatabase } from "./bench-database.ts";

const fields = profileFields.map((name) => `coalesce(t.${name}, '~')`).join(" || '|' || ");
const sum = (text: string) => `coalesce(sum(hashtextextended(${text}, 0)::numeric), 0)::text`;

/** For each table a count and a sum of hashes over what both sides must agree on: all but ids, times and wording. */
const summaries = (runId: string): Record<string, string> => ({
  users: `select count(*)::int as n, ${sum(`t.email || t.email_norm || ${fields} || t.status || coalesce(t.status_before_suspension, '~') || (t.suspended_at is not null) || t.email_validation || t.source || t.version`)} as hash
    from users t where t.source in ('import', 'bulk_invite')`,
  invitations:
    `select count(*)::int as n, ${sum("t.email || u.email || t.state || t.generation || t.source || (t.run_id is not null) || t.invited_by || (t.expires_at - t.created_at)")} as hash
    from invitations t join users u on u.account_id = t.account_id and u.id = t.user_id`.replace(
      "|| t.invited_by",
      "|| (t.invited_by is not null)",
    ),
  emails: `select count(*)::int as n, ${sum("t.recipient || i.email || t.kind || t.generation || t.priority || t.language || (t.key = 'invitation:' || i.id || ':1') || (t.run_id = i.run_id)")} as hash
    from emails t join invitations i on i.account_id = t.account_id and i.id = t.subject_id`,
  run_mail_counts: `select coalesce(sum(t.queued + t.sent + t.failed + t.unknown + t.withdrawn + t.in_local_mailbox), 0)::int as n, '' as hash
    from run_mail_counts t`,
  run_changes: `select count(*)::int as n, ${sum(`t.position || t.action || coalesce(t.user_version, 0) || t.email || ${fields} || (t.invitation_id is not null) || coalesce(t.cleared::text, '~') || coalesce(t.groups::text, '~') || coalesce(t.before::text, '~')`)} as hash
    from run_changes t where t.run_id = '${runId}'`,
  run_entries: `select count(*)::int as n, ${sum("t.position || '|' || t.line || t.outcome || coalesce(t.asked, '~') || (t.reason is not null) || coalesce(t.email, '~') || coalesce(t.raw::jsonb::text, '~')")} as hash
    from run_entries t where t.run_id = '${runId}'`,
  runs: `select t.rows_read as n, concat_ws(' ', t.state, t.created, t.updated, t.deleted, t.activated, t.unchanged, t.skipped, t.failed, t.waiting) as hash
    from runs t where t.id = '${runId}'`,
});

export type Summary = Record<string, { n: number; hash: string }>;

export const finalRows = (database: BenchDatabase, runId: string): Promise<Summary> =>
  withSuperuser(database, async (sql) => {
    const found: Summary = {};
    for (const [table, query] of Object.entries(summaries(runId))) {
      const [row] = await sql.unsafe<{ n: number; hash: string }[]>(query);
      if (row) found[table] = { n: row.n, hash: row.hash };
    }
    return found;
  });

/** Names each table in which the two sides differ. */
export function differences(floor: Summary, product: Summary): string[] {
  return Object.keys(floor).flatMap((table) => {
    const [a, b] = [floor[table], product[table]];
    return a?.n === b?.n && a?.hash === b?.hash
      ? []
      : [`${table}: floor ${JSON.stringify(a)}, product ${JSON.stringify(b)}`];
  });
}

/** Changes with any write to a user or invitation, and with any new mail. */
export const peopleWritten = (database: BenchDatabase): Promise<string> =>
  withSuperuser(database, async (sql) => {
    const rows = await sql.unsafe(`
      select 'users' as name, count(*)::int as n, ${sum("t.id::text || t.xmin::text")} as hash from users t union all
      select 'invitations', count(*)::int, ${sum("t.id::text || t.xmin::text")} from invitations t union all
      select 'emails', count(*)::int, ${sum("t.id::text")} from emails t order by name`);
    return JSON.stringify(rows);
  });

/** The account's people as they are, and what is open for them; how often they were changed does not count. */
export const peopleNow = (database: BenchDatabase): Promise<string> =>
  withSuperuser(database, async (sql) => {
    const rows = await sql.unsafe(`
      select 'users' as name, count(*)::int as n, ${sum(`t.id || t.email || ${fields} || t.status || coalesce(t.status_before_suspension, '~') || (t.suspended_at is not null) || coalesce(t.email_validation, '~') || t.source`)} as hash
      from users t union all
      select 'open invitations', count(*)::int, ${sum("t.id::text")} from invitations t where t.state = 'open' order by name`);
    return JSON.stringify(rows);
  });

export async function withSuperuser<T>(
  { superUrl }: BenchDatabase,
  ask: (sql: postgres.Sql) => Promise<T>,
): Promise<T> {
  const sql = postgres(superUrl, { max: 1, onnotice: () => {}, connection: { search_path: "public" } });
  try {
    return await ask(sql);
  } finally {
    await sql.end();
  }
}
