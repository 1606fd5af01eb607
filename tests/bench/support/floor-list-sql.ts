import { addressFault, changesOf, type FloorRun, markRepeats, quoted } from "./floor-sql.ts";

export const copyList = "copy floor_rows (email) from stdin (format csv, header true)";

/** The rules of the product for a list: one address in a domain of the account a line, repeats. */
export const validateList = (run: FloorRun) => [
  `update floor_rows r set problem = j.problem from (
     select r.ctid as place, case ${addressFault(run)} end as problem from floor_rows r) j
   where r.ctid = j.place and j.problem is not null`,
  ...markRepeats,
];

const raw = "case when d.problem is not null then json_build_array(d.email)::text end";

/** Everything a first bulk invite leaves behind, set by set. */
export const mergeNewList = (run: FloorRun) => [
  `insert into run_changes (account_id, run_id, position, user_id, action, invitation_id, email)
     select r.account_id, r.run_id, r.position, uuid_v7(), 'create', uuid_v7(), r.email
     from floor_rows r left join users u on u.account_id = r.account_id and u.email_norm = r.email_norm
     where r.problem is null and u.id is null`,
  `insert into run_entries (account_id, run_id, position, line, email, outcome, reason, raw)
     select d.account_id, d.run_id, d.position, d.position + 1, d.email,
       case when d.problem is null then 'new' else 'failed' end, d.problem, ${raw}
     from floor_rows d`,
  ...invitePeople(run),
];

function invitePeople({ accountId, runId, actorId }: FloorRun): string[] {
  const changes = changesOf({ accountId, runId, actorId });
  return [
    `insert into users (account_id, id, email, status, email_validation, source)
       select c.account_id, c.user_id, c.email, 'invited', 'pending', 'bulk_invite' ${changes}`,
    `insert into invitations (account_id, id, user_id, email, source, run_id, invited_by, expires_at)
       select c.account_id, c.invitation_id, c.user_id, c.email, 'bulk_invite', c.run_id, ${quoted(actorId)},
         now() + make_interval(days => (select invitation_days from accounts where id = ${quoted(accountId)})) ${changes}`,
    `insert into emails (account_id, key, kind, recipient, subject_id, run_id)
       select c.account_id, 'invitation:' || c.invitation_id || ':1', 'invitation', c.email, c.invitation_id, c.run_id ${changes}`,
    `insert into run_mail_counts (account_id, run_id, queued)
       select ${quoted(accountId)}, ${quoted(runId)}, count(*) ${changes}`,
  ];
}

/** The same list once more: what is there is compared, nothing is found, the report is written. */
export const mergeKnownList = [
  `insert into run_entries (account_id, run_id, position, line, email, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.position + 1, d.email,
    case when d.problem is not null then 'failed' when i.id is not null then 'skipped' else 'new' end,
    case when d.problem is not null then d.problem when i.id is not null then 'Already invited; no second mail.' end, ${raw}
  from floor_rows d
  left join users u on d.problem is null and u.account_id = d.account_id and u.email_norm = d.email_norm
  left join invitations i on u.status = 'invited' and i.account_id = u.account_id and i.email_norm = u.email_norm
    and i.state = 'open' and i.expires_at > now()`,
];
