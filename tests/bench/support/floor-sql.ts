import { profileFields } from "#lib/users/profile-fields.ts";
import { fileColumns } from "./people-file.ts";

export type FloorRun = { accountId: string; runId: string; actorId: string };

const fields = profileFields.join(", ");
export const fieldsOf = (table: string) => profileFields.map((name) => `${table}.${name}`).join(", ");
export const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Before the clock starts, as run_rows exists before a run: a copy of it that COPY may fill. */
export const makeStaging = ({ accountId, runId }: FloorRun) => `
  drop table if exists floor_rows;
  drop sequence if exists floor_position;
  create sequence floor_position as integer cache 1000;
  create table floor_rows (like run_rows including all);
  alter table floor_rows alter line drop not null, alter account_id set default ${quoted(accountId)},
    alter run_id set default ${quoted(runId)}, alter position set default nextval('floor_position')`;

export const copyIn = `copy floor_rows (${fileColumns.join(", ")}) from stdin (format csv, header true)`;

/** https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address */
const addressPattern =
  "^[a-zA-Z0-9.!#$%&''*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$";
const limits = {
  first_name: 200,
  last_name: 200,
  alternate_id: 64,
  work_phone: 64,
  title: 200,
  department: 200,
};
const tooLong = Object.entries(limits)
  .map(([name, limit]) => `length(r.${name}) > ${limit}`)
  .join(" or ");
const hidden = "[\\x01-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]";

/** Cases of a row `r`: one address in a domain of the account. */
export const addressFault = ({ accountId }: FloorRun) => `
       when r.email is null then 'the address is missing'
       when length(r.email) > 254 or position('@' in r.email) > 65 or r.email !~ '${addressPattern}' then 'not a valid address'
       when lower(split_part(r.email, '@', 2)) not in (select domain from account_domains where account_id = ${quoted(accountId)})
         then 'not in a domain of this account'`;

export const markRepeats = [
  `update floor_rows r set problem = 'the address stands already in another line' from (
     select ctid as place, row_number() over (partition by email_norm order by position) as nth
     from floor_rows where problem is null) f
   where r.ctid = f.place and f.nth > 1`,
  "analyze floor_rows (account_id, run_id, position, email_norm)",
];

/** The rules of the product: one address in a domain of the account, lengths, hidden characters, status, repeats. */
export const validate = (run: FloorRun) => [
  `update floor_rows r set problem = j.problem from (
     select r.ctid as place, case
       ${addressFault(run)}
       when lower(r.asked) not in ('new', 'update', 'delete', 'activate') or r.asked is null then 'not a status'
       when ${tooLong} then 'too long'
       when r.email || coalesce(r.first_name, '') || coalesce(r.last_name, '') || coalesce(r.alternate_id, '')
         || coalesce(r.work_phone, '') || coalesce(r.title, '') || coalesce(r.department, '') ~ '${hidden}'
         then 'a hidden character' end as problem
     from floor_rows r) j
   where r.ctid = j.place and j.problem is not null`,
  ...markRepeats,
];

export const raw = `case when d.problem is not null then json_build_array(${fileColumns
  .map((name) => `coalesce(d.${name}, '')`)
  .join(", ")})::text end`;

export const asked =
  "case when lower(d.asked) in ('new', 'update', 'delete', 'activate') then lower(d.asked) end";

export const changesOf = ({ accountId, runId }: FloorRun) =>
  `from run_changes c where c.account_id = ${quoted(accountId)} and c.run_id = ${quoted(runId)}`;

/** Everything a first import leaves behind, set by set; as one statement of many parts it took a tenth longer. */
export const mergeNew = (run: FloorRun) => [
  `insert into run_changes (account_id, run_id, position, user_id, action, invitation_id, email, ${fields})
     select r.account_id, r.run_id, r.position, uuid_v7(), 'create', uuid_v7(), r.email, ${fieldsOf("r")}
     from floor_rows r left join users u on u.account_id = r.account_id and u.email_norm = r.email_norm
     where r.problem is null and u.id is null`,
  `insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw)
     select d.account_id, d.run_id, d.position, d.position + 1, d.email, ${asked},
       case when d.problem is null then 'new' else 'failed' end, d.problem, ${raw}
     from floor_rows d`,
  ...addPeople(run, changesOf(run)),
];

/** People, invitations and mails of the given changes. */
export const addPeople = ({ accountId, runId, actorId }: FloorRun, changes: string) => [
  `insert into users (account_id, id, email, ${fields}, status, email_validation, source)
     select c.account_id, c.user_id, c.email, ${fieldsOf("c")}, 'invited', 'pending', 'import' ${changes}`,
  `insert into invitations (account_id, id, user_id, email, source, run_id, invited_by, expires_at)
     select c.account_id, c.invitation_id, c.user_id, c.email, 'import', c.run_id, ${quoted(actorId)},
       now() + make_interval(days => (select invitation_days from accounts where id = ${quoted(accountId)})) ${changes}`,
  `insert into emails (account_id, key, kind, recipient, subject_id, run_id)
     select c.account_id, 'invitation:' || c.invitation_id || ':1', 'invitation', c.email, c.invitation_id, c.run_id ${changes}`,
  `insert into run_mail_counts (account_id, run_id, queued)
     select ${quoted(accountId)}, ${quoted(runId)}, count(*) ${changes}`,
];

/** A second import of the same file: what is there is compared, nothing is found, the report is written. */
export const mergeKnown = [
  `insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.position + 1, d.email, ${asked},
    case when d.problem is not null then 'failed' when i.id is not null then 'skipped' else 'new' end,
    case when d.problem is not null then d.problem when i.id is not null then 'Already invited; no second mail.' end, ${raw}
  from floor_rows d
  left join users u on d.problem is null and u.account_id = d.account_id and u.email_norm = d.email_norm
  left join invitations i on u.status = 'invited' and i.account_id = u.account_id and i.email_norm = u.email_norm
    and i.state = 'open' and i.expires_at > now()`,
];

export const endRun = ({ runId }: FloorRun) => `
  update runs r set state = 'completed', finished_at = clock_timestamp(), created = c.created, updated = c.updated,
    deleted = c.deleted, unchanged = c.unchanged, skipped = c.skipped, failed = c.failed, rows_read = c.rows, last_position = c.rows, planned_to = c.rows, applied_to = c.rows
  from (select count(*) as rows, count(*) filter (where outcome = 'new') as created,
    count(*) filter (where outcome = 'updated') as updated, count(*) filter (where outcome = 'deleted') as deleted,
    count(*) filter (where outcome = 'unchanged') as unchanged, count(*) filter (where outcome = 'skipped') as skipped,
    count(*) filter (where outcome = 'failed') as failed
    from run_entries where run_id = ${quoted(runId)}) c
  where r.id = ${quoted(runId)}`;
