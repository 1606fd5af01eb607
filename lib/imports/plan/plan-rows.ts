import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { rawInSql } from "./raw-in-sql.ts";

const given = (f: string) => `(r.${f} is not null and r.${f} is distinct from old.${f})`;
const emptied = (f: string) => `('${f}' = any (r.cleared) and old.${f} is not null)`;
const differs = sql.raw(profileFields.map((f) => `${given(f)} or ${emptied(f)}`).join(" or "));
const fieldList = sql.raw(profileFields.join(", "));
// A created person gets what is given; of a known one only what differs is a change.
const afterValues = sql.raw(
  profileFields
    .map((f) => `case when d.known is null or d.${f} is distinct from old.${f} then d.${f} end`)
    .join(", "),
);
const before = sql.raw(
  `jsonb_build_object(${profileFields.map((f) => `'${f}', old.${f}`).join(", ")}, 'status', d.status)`,
);

/** What a line asks for, with what the person is here; a file without the status column adds the unknown and updates the known. */
const decide = sql.raw(`case
  when r.problem is not null then 'bad'
  when r.asked in ('delete', 'activate') then 'unsupported'
  when r.asked = 'update' or (r.asked is null and u.id is not null) then
    case when u.id is null then 'unknown' when u.status = 'deleted' then 'gone'
      when changed.is then 'update' else 'same' end
  when u.id is null then 'create'
  when u.status = 'not_invited' or (u.status = 'invited' and open_invitation.id is null) then 'invite'
  when u.status = 'invited' then 'already_invited'
  when u.status in ('signed_up', 'active') then 'already_user'
  when u.status = 'deleted' then 'gone'
  else 'suspended' end`);

const outcomes = sql.raw(`(values
  ('bad', 'failed', null),
  ('unsupported', 'failed', 'User Status Delete and Activate are not carried out by this version. Use New or Update, or leave the column out.'),
  ('unknown', 'failed', 'Nobody here has this address. Use New to add the person.'),
  ('gone', 'failed', 'This person was deleted.'),
  ('update', 'updated', null),
  ('same', 'unchanged', null),
  ('create', 'new', null),
  ('invite', 'new', 'Was known here and not invited; invited now.'),
  ('already_invited', 'skipped', 'Already invited; no second mail.'),
  ('already_user', 'skipped', 'Already a user.'),
  ('suspended', 'failed', 'This person is suspended. Use Activate.')
) as o (verdict, outcome, reason)`);

/**
 * Compares the staged lines of (from, to] with the account's people and writes the changes and the outcome of each
 * line; ids of people and invitations to be made are given here, so that applying makes exactly what was planned.
 * People are joined by what decides; their fields are looked up for lines alone that may change them.
 */
export const planRows = (run: WorkedRun, range: PositionRange): SQL => sql`
  with decided as materialized (
    select r.*, u.id as known, u.version, u.status, ${decide} as verdict
    from run_rows r
    left join users u on r.problem is null and u.account_id = r.account_id and u.email_norm = r.email_norm
    left join invitations open_invitation on r.problem is null and u.status = 'invited' and open_invitation.account_id = r.account_id
      and open_invitation.email_norm = r.email_norm and open_invitation.state = 'open' and open_invitation.expires_at > now()
    left join lateral (
      select ${differs} as is from users old
      where r.asked is distinct from 'new' and old.account_id = u.account_id and old.id = u.id limit 1) changed on true
    where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position > ${range.from} and r.position <= ${range.to}
      ${range.only ? sql`and r.position = any (${sql.param(range.only)}::int[])` : sql``}),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, ${fieldList},
      cleared, before)
    select d.account_id, d.run_id, d.position, coalesce(d.known, uuid_v7()), case when d.known is null then 'create' else 'update' end,
      d.version, case when d.verdict in ('create', 'invite') then uuid_v7() end, d.email, ${afterValues},
      case when d.known is not null then d.cleared end, case when d.known is not null then ${before} end
    from decided d left join users old on old.account_id = d.account_id and old.id = d.known
    where d.verdict in ('create', 'invite', 'update'))
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.line, d.email,
    coalesce(d.asked, case when d.problem is null then case when d.known is null then 'new' else 'update' end end),
    o.outcome, coalesce(d.problem, o.reason), case when o.outcome = 'failed' then coalesce(d.raw, ${rawInSql(run)}) end
  from decided d join ${outcomes} on o.verdict = d.verdict`;
