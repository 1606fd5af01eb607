import { type SQL, sql } from "drizzle-orm";
import type { PositionRange, WorkedRun } from "#lib/runs/run-kind.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { decideSync, hasAlias, holdsRole, isFaulty, keepsAddress, outcomeOf, reasonOf } from "./verdicts.ts";

const given = (f: string) => `(r.${f} is not null and r.${f} is distinct from u.${f})`;
const emptied = (f: string) => `('${f}' = any (r.cleared) and u.${f} is not null)`;
const fieldsDiffer = sql.raw(profileFields.map((f) => `${given(f)} or ${emptied(f)}`).join(" or "));
const unitDiffers = sql.raw("r.organizational_unit is distinct from u.organizational_unit");
/** Whether the person is to have the entry's address, which is another one, and nobody else holds it. */
const addressDiffers = sql.raw(
  "r.email_norm is distinct from u.email_norm and holder.id is null and kept.why is null",
);

const fieldList = sql.raw(profileFields.join(", "));
const afterValues = sql.raw(
  profileFields
    .map(
      (f) => `case when d.known is null or (d.writes and d.${f} is distinct from old.${f}) then d.${f} end`,
    )
    .join(", "),
);
const before = sql.raw(
  `jsonb_build_object(${[...profileFields, "email", "email_validation", "organizational_unit", "external_id"].map((f) => `'${f}', old.${f}`).join(", ")}, 'status', d.status)`,
);

const writing = ["create", "create_without", "adopt", "update", "update_without", "restore", "revive"];
const verdictIn = (names: string[]) =>
  sql.raw(`d.verdict in (${names.map((name) => `'${name}'`).join(", ")})`);
const isNew = verdictIn(["create", "create_without"]);
/** Whoever comes back finds the address that somebody else has meanwhile, or had all along, still theirs. */
const comesWithout = sql`(${verdictIn(["restore", "revive"])} and d.holder is not null)`;
const setsAddress = sql`(${verdictIn(["adopt", "update", "restore", "revive"])} and d.keeps is null and not ${comesWithout})`;
const movesAddress = sql`(${setsAddress} and d.email_norm is distinct from old.email_norm)`;
/** Who was invited under the address that they lose is not any more. */
const statusAfter = sql`case when d.verdict = 'revive' or (${movesAddress} and 'invited' in (d.status,
  case when d.verdict = 'restore' then old.status_before_suspension end)) then 'not_invited' end`;

/** An earlier line of the run has the same address, as `markSharers` noted; whoever has it already keeps it. */
const takenBefore = sql.raw("r.passed_over is not null and u.email_norm is distinct from r.email_norm");

type Going = Pick<WorkedRun, "accountId" | "id" | "options">;

/**
 * Somebody else who holds the line's address, and does not give it up in this very run. Joined at the top: looked for line
 * by line it would take as long as the square of the lines.
 */
const holder = (run: Going, lines: SQL): SQL => sql`
  left join users h on r.asked = 'present' and h.account_id = r.account_id and h.email_norm = r.email_norm
    and h.id is distinct from u.id
  left join ${lines} o on o.account_id = ${run.accountId} and o.run_id = ${run.id} and o.external_id = h.external_id
    and o.asked = 'present' and o.email_norm is distinct from h.email_norm and not ${isFaulty("o")}
      and not ${hasAlias("o", "h")} and (o.email_norm is not null or not ${run.options.keepsAddresses === true})
  cross join lateral (select h.id is not null and (o.external_id is null or ${holdsRole("h")}) as is) held
  cross join lateral (select
    case when held.is then h.id when ${takenBefore} then r.account_id end as id,
    case when held.is then coalesce(nullif(concat_ws(' ', h.first_name, h.last_name), ''), 'somebody here')
      when ${takenBefore} then r.passed_over end as name) holder`;

/**
 * Lines of a run (`lines`: run_rows, or what has its columns) with the people that they are, by the id that never changes,
 * or once, for those who have none yet, by address; and what is to be done about each.
 */
export const decideLines = (run: Going, lines: SQL): SQL => sql`
  select r.*, u.id as known, u.version, u.status, u.external_id as known_as, holder.name as holder,
    kept.why as keeps, ${decideSync(run)} as verdict
  from ${lines} r
  left join users own on own.account_id = r.account_id and own.external_id = r.external_id
  left join users adopted on own.id is null and r.asked = 'present' and adopted.account_id = r.account_id
    and adopted.email_norm = r.email_norm and adopted.external_id is null and r.passed_over is null
  left join users u on u.account_id = r.account_id and u.id = coalesce(own.id, adopted.id)
  left join directory_entries e on e.account_id = r.account_id and e.external_id = r.external_id
  ${holder(run, lines)}
  cross join lateral (select ${keepsAddress(run)} as why) kept
  cross join lateral (select ${fieldsDiffer} or ${unitDiffers} or (${addressDiffers}) as is) changed`;

/** Compares the staged lines of (from, to] with the people that they are. */
export const planSync = (run: WorkedRun, range: PositionRange): SQL => sql`
  with decided as materialized (
    ${decideLines(run, sql`run_rows`)}
    where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position > ${range.from} and r.position <= ${range.to}
      ${range.only ? sql`and r.position = any (${sql.param(range.only)}::int[])` : sql``}),
  planned as (
    select d.*, ${verdictIn(writing)} as writes,
      case when ${isNew} then 'create' when d.verdict in ('suspend', 'restore') then d.verdict else 'update' end as action
    from decided d where ${verdictIn([...writing, "suspend"])}),
  changes as (
    insert into run_changes (account_id, run_id, position, user_id, action, user_version, invitation_id, email, ${fieldList},
      cleared, external_id, organizational_unit, new_email, before, status)
    select d.account_id, d.run_id, d.position, coalesce(d.known, uuid_v7()), d.action, d.version,
      case when d.verdict = 'create' and d.email is not null and ${run.options.inviteNew === true} then uuid_v7() end,
      case when d.verdict = 'create' then d.email when d.action in ('suspend', 'restore') then old.email end, ${afterValues},
      case when d.writes and d.known is not null then array_remove(d.cleared
        || case when d.organizational_unit is null and old.organizational_unit is not null then 'organizational_unit' end
        || case when ${setsAddress} and d.email is null and old.email is not null then 'email' end, null) end,
      case when d.writes and d.known_as is null then d.external_id end,
      case when d.writes and d.organizational_unit is distinct from old.organizational_unit then d.organizational_unit end,
      case when ${movesAddress} then d.email end,
      case when d.known is not null then ${before} end, ${statusAfter}
    from planned d left join users old on old.account_id = d.account_id and old.id = d.known
    order by d.position)
  insert into run_entries (account_id, run_id, position, line, email, asked, outcome, reason)
  select d.account_id, d.run_id, d.position, d.line, coalesce(d.email, d.dn), d.asked, ${outcomeOf}, ${reasonOf}
  from decided d where d.verdict <> 'unknown'`;

/** An entry that was moved while the directory was read is met in both places: what was read last counts. */
export const dropRepeated = (run: WorkedRun): SQL => sql`
  with repeated as materialized (
    select external_id, max(position) as last from run_rows where account_id = ${run.accountId} and run_id = ${run.id}
    group by external_id having count(*) > 1),
  dropped as (
    delete from run_rows r using repeated d where r.account_id = ${run.accountId} and r.run_id = ${run.id}
      and r.external_id = d.external_id and r.position < d.last returning 1)
  update runs set rows_read = rows_read - (select count(*)::int from dropped)
  where account_id = ${run.accountId} and id = ${run.id}`;

/** Of several lines with one address the first has it; the others are told whose it is. */
export const markSharers = (run: WorkedRun): SQL => sql`
  with numbered as (
    select position, row_number() over w as nth,
      first_value(coalesce(nullif(concat_ws(' ', first_name, last_name), ''), dn)) over w as holder
    from run_rows where account_id = ${run.accountId} and run_id = ${run.id} and asked = 'present' and email_norm is not null
    window w as (partition by email_norm order by position)),
  sharing as materialized (select position, holder from numbered where nth > 1)
  update run_rows r set passed_over = s.holder from sharing s
  where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.position = s.position`;

/**
 * Notes whether more people lose their address in this run than may be removed: then a change of rights, or of the mail system,
 * is likelier than that they have none.
 */
export const noteLost = (run: WorkedRun): SQL => sql`
  update runs set options = options || jsonb_build_object('keepsAddresses', (
    select count(*) > 2 and count(*) > (
      select least(greatest(10, count(*) / 20), greatest(2, count(*) / 5)) from users
      where account_id = ${run.accountId} and external_id is not null and email is not null and status not in ('suspended', 'deleted'))
    from run_rows r join users u on u.account_id = r.account_id and u.external_id = r.external_id
    where r.account_id = ${run.accountId} and r.run_id = ${run.id} and r.asked = 'present' and r.problem ~ 'no_mail'
      and u.email is not null and u.status not in ('suspended', 'deleted')))
  where account_id = ${run.accountId} and id = ${run.id}`;
