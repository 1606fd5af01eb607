import { type SQL, sql } from "drizzle-orm";
import { profileFields } from "#lib/users/profile-fields.ts";
import type { PositionRange, WorkedRun } from "../run-kind.ts";
import { takenIn } from "./taken.ts";
import { decideUndo, outcomeOf, reasonOf } from "./verdicts.ts";

/** What a run may change of a person; an address stands in a column of its own, the id in the directory is of who was adopted. */
const changed = [...profileFields, "organizational_unit", "external_id", "email"];
const columnOf = (f: string) => (f === "email" ? "new_email" : f);

const fieldList = sql.raw(changed.map(columnOf).join(", "));
const valuesBefore = sql.raw(
  changed
    .map((f) => `case when '${f}' = any (d.back) and d.verdict <> 'unbring' then d.before->>'${f}' end`)
    .join(", "),
);
const before = sql.raw(
  `jsonb_build_object(${changed.map((f) => `'${f}', u.${f}`).join(", ")}, 'status', u.status)`,
);

const written = (f: string) => `c.${columnOf(f)}`;
const touched = (f: string) =>
  `(${written(f)} is not null or '${f}' = any (c.cleared)) and ${written(f)} is distinct from c.before->>'${f}'`;
const fieldsWhere = (holds: (f: string) => string) =>
  sql.raw(
    `array_remove(array[${changed.map((f) => `case when ${touched(f)} and ${holds(f)} then '${f}' end`).join(", ")}], null)`,
  );

/**
 * An address that somebody else has by now stays with them, but for who has it by the undone run, and gives it back. Those are
 * gathered once: looked for line by line it would take as long as the square of the lines.
 */
const isFree = (run: WorkedRun): SQL => sql`not exists (
  select from users h where h.account_id = u.account_id and h.id <> u.id and h.email_norm = lower(c.before->>'email' collate "C")
    and (h.id, h.email_norm) not in (
      select gives.user_id, lower(gives.new_email collate "C") from run_changes gives
      where gives.account_id = ${run.accountId} and gives.run_id = ${run.undoes} and gives.new_email is not null))`;

/** Fields that still hold what the run wrote, and fields that somebody has changed since to something third. */
const fields = (run: WorkedRun): SQL => sql`
  cross join lateral (select ${isFree(run)} as is) free
  left join lateral (
    select ${fieldsWhere((f) => holds(f))} as back,
      ${fieldsWhere((f) => `not (${holds(f)}) and u.${f} is distinct from c.before->>'${f}'`)} as stuck
    where c.action = 'update') field on true`;
const holds = (f: string) =>
  `u.${f} is not distinct from ${written(f)}${f === "email" ? " and free.is" : ""}`;

const givesRole = sql`exists (select from group_role_grants given where given.account_id = g.account_id and given.group_id = g.id)`;

/**
 * Of the groups that the run added the person to, those that they are still in: to leave, and to stay in, for they give
 * a role, and who holds one is decided elsewhere.
 */
const stillIn = (which: SQL) => sql`case when c.action = 'update' and c.groups is not null then (
  select array_agg(g.name order by g.name) from groups g
    join group_members m on m.account_id = g.account_id and m.group_id = g.id
  where g.account_id = c.account_id and m.user_id = c.user_id and ${which}
    and lower(g.name) in (select lower(name) from unnest(c.groups) added (name))) end`;
const leaving = stillIn(sql`not ${givesRole}`);
const staying = stillIn(givesRole);

/**
 * Compares what the undone run did at (from, to] with the people as they are now, and writes what takes it back, with
 * the same meaning as in every plan. Whoever has joined or was changed since is left, and the line says so.
 */
export const planUndo = (run: WorkedRun, range: PositionRange): SQL => sql`
  with looked as (
    select e.line, c.position, c.account_id, c.user_id, c.action as did, c.email, coalesce(c.email, u.email) as address, c.user_version as version_before,
      c.invitation_id, c.before, u.id as known, u.version, u.status, u.managed, field.back, field.stuck, ${leaving} as leaves, ${staying} as stays,
      case when c.action = 'update' and c.invitation_id is not null then (
        select i.state from invitations i where i.account_id = c.account_id and i.id = c.invitation_id) end as invitation
    from ${takenIn(run, range, fields(run))}),
  decided as materialized (select d.*, ${decideUndo(run)} as verdict from looked d),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, ${fieldList},
      cleared, before, status, leaves)
    select d.account_id, ${run.id}::uuid, d.position, d.user_id, case d.verdict when 'uninvite' then 'update' when 'unbring' then 'suspend' else d.verdict end,
      d.version, case when d.verdict = 'restore' then d.invitation_id end, d.email, ${valuesBefore},
      (select array_agg(f) from unnest(d.back) f where d.before->>f is null and d.verdict <> 'unbring'),
      case when d.verdict <> 'delete' then (select ${before} from users u where u.account_id = d.account_id and u.id = d.user_id) end,
      case when d.verdict = 'uninvite' then d.before->>'status'
        when 'email' = any (d.back) and d.status = 'invited' then 'not_invited' end, d.leaves
    from decided d where d.verdict in ('delete', 'update', 'uninvite', 'restore', 'suspend', 'unbring', 'manage', 'unmanage')
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, outcome, reason)
  select d.account_id, ${run.id}::uuid, d.position, d.line, d.address, ${outcomeOf}, ${reasonOf(run)} from decided d`;
