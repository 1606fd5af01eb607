import type { Stage } from "./stage.ts";

/** What is left in the end, without ids and times: the same after every scenario. */
export type Tables = Record<string, string | number>;

export type Verdict = { lost: number; duplicated: number; differing: string[] };

export async function tablesOf({ sql, accountId }: Stage, runId: string): Promise<Tables> {
  const [row] = await sql<Tables[]>`
    select
      (select md5(string_agg(concat_ws('|', email_norm, first_name, last_name, title, department, status, version, source,
        managed, email_validation), E'\n' order by email_norm)) from users where account_id = ${accountId}) as people,
      (select md5(string_agg(concat_ws('|', email_norm, state, generation, source), E'\n' order by email_norm))
        from invitations where account_id = ${accountId}) as invitations,
      (select md5(string_agg(concat_ws('|', recipient, kind, state), E'\n' order by recipient))
        from emails where account_id = ${accountId}) as mails,
      (select md5(string_agg(concat_ws('|', position, line, email, asked, outcome, reason, raw), E'\n' order by position))
        from run_entries where run_id = ${runId}) as report,
      (select md5(string_agg(concat_ws('|', position, action, email, title, before), E'\n' order by position))
        from run_changes where run_id = ${runId}) as changes,
      (select concat_ws(' ', state, rows_read, created, updated, unchanged, skipped, failed) from runs where id = ${runId}) as run,
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
  const { sql, accountId, rows } = stage;
  const [found] = await sql<
    Record<"entries" | "twice" | "missing_mails" | "twice_mailed" | "invited", number>[]
  >`
    select (select count(distinct position)::int from run_entries where run_id = ${runId}) as entries,
      (select count(*)::int - count(distinct email_norm)::int from users where account_id = ${accountId}) as twice,
      (select count(*)::int from invitations i where account_id = ${accountId}
        and not exists (select from emails m where m.account_id = i.account_id and m.subject_id = i.id)) as missing_mails,
      (select count(*)::int - count(distinct subject_id)::int from emails where account_id = ${accountId}) as twice_mailed,
      (select count(*)::int from invitations where account_id = ${accountId}) as invited`;
  if (!found) throw new Error("nothing to judge");
  const ledger = await stage.provider.ledger();
  const tables = await tablesOf(stage, runId);
  const differing = (compared ?? Object.keys(tables)).filter(
    (name) => undisturbed && tables[name] !== undisturbed[name],
  );
  return {
    lost: rows - found.entries + found.missing_mails + (found.invited - ledger.recipients),
    duplicated: found.twice + found.twice_mailed + ledger.duplicates,
    differing: [...differing, ...stage.deaths],
  };
}
