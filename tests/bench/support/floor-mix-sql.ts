import { profileFields } from "#lib/users/profile-fields.ts";
import { addPeople, asked, changesOf, type FloorRun, quoted, raw } from "./floor-sql.ts";

const status = "lower(r.asked)";
const changed = profileFields
  .map((f) => `(r.${f} is not null and r.${f} is distinct from u.${f})`)
  .join(" or ");
const after = profileFields
  .map(
    (f) =>
      `case when u.id is null or (${status} = 'update' and r.${f} is distinct from u.${f}) then r.${f} end`,
  )
  .join(", ");
const before = `jsonb_build_object(${profileFields.map((f) => `'${f}', u.${f}`).join(", ")}, 'status', u.status)`;
const written = profileFields.map((f) => `${f} = coalesce(c.${f}, u.${f})`).join(", ");

/** What a file of New, Update and Delete leaves behind in an account that knows the latter two. */
export const mergeMixed = (run: FloorRun): string[] => [
  // The changes have no statistics yet: without this the planner takes them for a few rows, and compiles what gains nothing.
  "set local enable_nestloop = off",
  "set local jit = off",
  planMixed,
  reportMixed(run),
  ...addPeople(run, `${changesOf(run)} and c.action = 'create'`),
  `update users u set ${written}, version = u.version + 1, updated_at = now()
   ${changesOf(run)} and c.action = 'update' and u.account_id = ${quoted(run.accountId)} and u.id = c.user_id`,
  `update users u set status = 'suspended', status_before_suspension = u.status, suspended_at = now(),
     version = u.version + 1, updated_at = now()
   ${changesOf(run)} and c.action = 'suspend' and u.account_id = ${quoted(run.accountId)} and u.id = c.user_id`,
];

const planMixed = `
  insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email,
    ${profileFields.join(", ")}, before)
  select r.account_id, r.run_id, r.position, coalesce(u.id, uuid_v7()),
    case when u.id is null then 'create' when ${status} = 'delete' then 'suspend' else 'update' end, u.version,
    case when u.id is null then uuid_v7() end, r.email, ${after}, case when u.id is not null then ${before} end
  from floor_rows r left join users u on u.account_id = r.account_id and u.email_norm = r.email_norm
  where r.problem is null and case ${status}
    when 'new' then u.id is null
    when 'update' then u.status not in ('suspended', 'deleted') and (${changed})
    when 'delete' then u.status not in ('suspended', 'deleted') end`;

const reportMixed = ({ accountId, runId }: FloorRun) => `
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason, raw)
  select d.account_id, d.run_id, d.position, d.position + 1, d.email, ${asked},
    case when d.problem is not null then 'failed' when c.action = 'create' then 'new' when c.action = 'update' then 'updated'
      when c.action = 'suspend' then 'deleted' else 'unchanged' end,
    case when d.problem is not null then d.problem when c.action = 'suspend'
      then 'Restorable until ' || to_char(now() + interval '30 days', 'FMDD Mon YYYY') || '.' end, ${raw}
  from floor_rows d left join run_changes c on c.account_id = ${quoted(accountId)} and c.run_id = ${quoted(runId)}
    and c.position = d.position`;
