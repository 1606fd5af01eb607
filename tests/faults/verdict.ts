import type { Stage } from "./stage.ts";

/** What is left in the end, without ids and times: the same after every scenario. */
export type Tables = Record<string, string | number>;

export type Verdict = { lost: number; duplicated: number; differing: string[] };

export async function tablesOf({ sql, accountId }: Stage, runId: string): Promise<Tables> {
  const [row] = await sql<Tables[]>`
    select
      (select md5(string_agg(concat_ws('|', email_norm, first_name, last_name, title, department, status, version, source,
        managed, email_validation, external_id, organizational_unit), E'\n' order by coalesce(external_id, email_norm)))
        from users where account_id = ${accountId}) as people,
      (select md5(string_agg(concat_ws('|', g.name, g.source, coalesce(u.external_id, u.email_norm)), E'\n' order by g.name, u.external_id, u.email_norm))
        from group_members m join groups g on g.id = m.group_id join users u on u.id = m.user_id where m.account_id = ${accountId}) as members,
      (select md5(string_agg(concat_ws('|', external_id, dn, email, row_hash, verdict, reason, marks, still_in, user_id is not null), E'\n' order by external_id))
        from directory_entries where account_id = ${accountId}) as snapshot,
      (select md5(string_agg(concat_ws('|', email_norm, state, generation, source), E'\n' order by email_norm))
        from invitations where account_id = ${accountId}) as invitations,
      (select md5(string_agg(concat_ws('|', recipient, kind, state), E'\n' order by recipient))
        from emails where account_id = ${accountId}) as mails,
      (select md5(string_agg(concat_ws('|', position, line, email, asked, outcome, reason, raw), E'\n' order by position))
        from run_entries where run_id = ${runId}) as report,
      (select md5(string_agg(concat_ws('|', position, action, email, title, organizational_unit, before), E'\n' order by position))
        from run_changes where run_id = ${runId}) as changes,
      (select concat_ws(' ', state, rows_read, created, updated, deleted, unchanged, skipped, failed, removals) from runs where id = ${runId}) as run,
      (select concat_ws(' ', queued, sent, in_local_mailbox, failed, unknown, withdrawn) from run_mail_counts
        where run_id = ${runId}) as mail_counts,
      (select string_agg(concat_ws('-', details->>'from', details->>'to', details->>'changes'), ' ' order by id)
        from audit_events where run_id = ${runId} and action = 'run.range_applied') as ranges`;
  return row ?? {};
}

/** Counts what is missing and what is there twice, by our rows and by the provider's own book. */
export async function judge(
  stage: Stage,
  runId: string,
  undisturbed: Tables | null,
  compared?: string[],
): Promise<Verdict> {
  const { lost, duplicated } = await stage.subject.count(stage, runId);
  const tables = await tablesOf(stage, runId);
  const differing = (compared ?? Object.keys(tables)).filter(
    (name) => undisturbed && tables[name] !== undisturbed[name],
  );
  return { lost, duplicated, differing: [...differing, ...stage.deaths] };
}
