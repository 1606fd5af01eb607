import type postgres from "postgres";

type Size = { people: number; events: number };

/**
 * Fills an account as years of use would: people of every state, half of them invited, runs with their mails, and audit
 * events, each sealed. Past triggers and row-level security, since it is the pages that are measured.
 */
export async function fillLargeAccount(
  root: postgres.Sql,
  accountId: string,
  { people, events }: Size,
): Promise<void> {
  await root.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`insert into users (account_id, email, first_name, last_name, title, department, status, suspended_at, managed, source)
      select ${accountId}, 'u' || n || '@bench.test', 'First' || n % 977, 'Last' || n % 1009, 'Engineer', 'Department ' || n % 40,
        s, case when s = 'suspended' then now() end, n % 10 = 0, 'import'
      from generate_series(1, ${people}::int) n,
        lateral (select (array['active','active','active','invited','not_invited','suspended','signed_up'])[1 + n % 7]) as of(s)`;
    await tx`insert into runs (account_id, id, kind, mode, state, requested_by_name, requested_at, started_at, finished_at, rows_read, created)
      select ${accountId}, uuid_v7_floor(at), 'import', 'apply', 'completed', 'Ada Owner', at, at, at + interval '1 minute', 1000, 1000
      from generate_series(1, 300) n, lateral (select now() - n * interval '18 hours') as t(at)`;
    await tx`insert into run_mail_counts (account_id, run_id, sent)
      select account_id, id, ${Math.ceil(people / 600)}::int from runs where account_id = ${accountId}`;
    await fillInvitations(tx, accountId);
    await fillEvents(tx, accountId, events);
  });
  await root`vacuum (analyze) users, runs, run_mail_counts, invitations, emails, audit_events, audit_chain`;
}

/** One a person, one every 14 s; of twenty one ran out, of a hundred one bounced, the latest have to go out. */
async function fillInvitations(tx: postgres.TransactionSql, accountId: string): Promise<void> {
  await tx`create temporary table offers on commit drop as
    select n, uuid_v7_floor(at) as id, u.id as user_id, u.email, at, run.id as run_id,
      case when n % 2 = 0 then 'accepted' when n % 20 = 1 then 'expired' when n % 50 = 3 then 'revoked' else 'open' end as state
    from (select id, email, row_number() over (order by id desc) as n from users where account_id = ${accountId}) u,
      lateral (select now() - n * interval '14 seconds') as t(at),
      (select id, row_number() over (order by id desc) as nth from runs where account_id = ${accountId}) run
    where run.nth = 1 + n / 4000 % 300`;
  await tx`insert into invitations (account_id, id, user_id, email, source, run_id, state, opened_at, ended_at, expires_at, created_at)
    select ${accountId}, id, user_id, email, case when n % 500 = 7 then 'invite' else 'import' end,
      case when n % 500 <> 7 then run_id end, state, case when n % 10 < 6 then at + interval '1 hour' end,
      case when state <> 'open' then at + interval '2 hours' end, case when state = 'open' then now() else at end + interval '14 days', at
    from offers`;
  await tx`insert into emails (account_id, key, kind, recipient, subject_id, run_id, state, provider, created_at, sent_at, delivered_at, bounced_at)
    select ${accountId}, 'invitation:' || id || ':1', 'invitation', email, id, run_id,
      case when n < 200 then 'queued' when n % 5000 = 2 then 'unknown' when n % 3000 = 3 then 'failed' else 'sent' end, 'resend', at, at,
      case when n >= 200 and n % 100 > 10 then at + interval '1 minute' end, case when n >= 200 and n % 100 = 9 then at end
    from offers`;
}

/** One every 26 s: a million of them are most of a year. */
async function fillEvents(tx: postgres.TransactionSql, accountId: string, events: number): Promise<void> {
  await tx`create temporary table someone on commit drop as
    select row_number() over () as at, id from (
      select id from users where account_id = ${accountId} order by id limit 5000) u`;
  await tx`insert into audit_events (account_id, id, at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, ip, details)
    select ${accountId}, uuid_v7_floor(t.at), t.at, 'user', actor.id, 'Admin ' || n % 50,
      (array['user.edited','user.suspended','user.restored','session.started','session.ended','role.granted','user.managed'])[1 + n % 7],
      'user', subject.id, '192.0.2.' || n % 250,
      '{"changes": [{"field": "title", "before": "Engineer", "after": "Senior Engineer"}, {"field": "department", "before": null, "after": "Department 12"}]}'
    from generate_series(1, ${events}::int) n
      cross join lateral (select now() - (${events}::int - n) * interval '26 seconds') as t(at)
      join someone actor on actor.at = 1 + n % 50
      join someone subject on subject.at = 1 + n % 5000`;
  // The worker may have sealed the first few by now.
  await tx`delete from audit_chain where account_id = ${accountId}`;
  await tx`delete from audit_unsealed where account_id = ${accountId}`;
  await tx`insert into audit_chain (account_id, position, event_id, key_id, hash)
    select account_id, row_number() over (order by id), id, 'k1', encode(sha256(id::text::bytea), 'hex')
    from audit_events where account_id = ${accountId}`;
}
