import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";
import { protectedPeople } from "#lib/users/protected-people.ts";
import { restorableUntil } from "#lib/users/restorable-until.ts";
import { disabledWords } from "./lines.ts";

const noAddress = "'No mail address in the directory: kept as Pending Email Input.'";
const taken =
  "'The address ' || d.email || ' is held by ' || d.holder || '; brought without it. Two people cannot share an address here: mend one of the two in the directory.'";
const keepsOwn =
  "'The address ' || d.email || ' is held by ' || d.holder || '; left with the one they have. Mend one of the two in the directory.'";

/** What is told of each verdict of `decideSync`; the reason is a piece of SQL over the decided line `d`. */
const verdicts = {
  create: ["new", `coalesce(d.raw, case when d.email is null then ${noAddress} end)`],
  create_without: ["new", taken],
  adopt: ["updated", "'Was here already under this address; kept true to the directory from now on.'"],
  update: ["updated", "d.raw"],
  update_without: ["updated", keepsOwn],
  same: ["unchanged", "d.raw"],
  same_without: ["skipped", keepsOwn],
  revive: ["new", "'Had been deleted here after leaving the directory; brought again.'"],
  restore: ["activated", "'Is back in the directory.'"],
  suspend: ["deleted", `coalesce(d.raw || ' ', '') || ${restorableUntil}`],
  already_suspended: ["unchanged", "coalesce(d.raw || ' ', '') || 'Was suspended already.'"],
  unstated: [
    "skipped",
    "'Was disabled in the directory, which does not show any more whether they are: left suspended.'",
  ],
  suspended_here: ["skipped", "'Was suspended here by an admin; left so.'"],
  deleted_here: ["skipped", "'Was deleted here; not brought again.'"],
  disabled_unknown: ["skipped", "d.raw || ' Not brought in.'"],
  excluded: [
    "skipped",
    "d.raw || case when d.known is null then ' Not brought in.' else ' Left as they are.' end",
  ],
  protected: ["skipped", "'Protected from syncs; left as they are.'"],
  owner: [
    "failed",
    "coalesce(d.raw || ' ', '') || 'Protected: a sync never removes an owner or the last admin.'",
  ],
  unknown: ["unchanged", null],
} as const;

export type SyncVerdict = keyof typeof verdicts;

const toldOf = verdictCases(verdicts);
export const outcomeOf: SQL = toldOf.outcome;
/** With why somebody keeps another address than the directory has (`d.keeps`). */
export const reasonOf: SQL = sql`nullif(concat_ws(' ', ${toldOf.reason}, case
  when d.verdict not in ('adopt', 'update', 'same', 'restore', 'revive') then null
  when d.verdict in ('restore', 'revive') and d.holder is not null then ${sql.raw(keepsOwn)}
  when d.keeps = 'role' then 'Holds a role here, and links that sign in go to the address: it is left, until somebody who may do all that they may changes it here.'
  when d.keeps = 'many' then 'Left with the address they have: so many people show none any more that it is not believed. If it is meant, take it away here.'
  when d.keeps = 'fault' then 'Left with the address they have.' end), '')`;

/** Whether the person of this alias holds a role; whether what is written as the line's address is none that can be taken over. */
export const holdsRole = (person: string): SQL =>
  sql.raw(
    `exists (select from role_holders g where g.account_id = ${person}.account_id and g.user_id = ${person}.id)`,
  );
export const isFaulty = (line: string): SQL =>
  sql.raw(`(${line}.email_norm is null and coalesce(${line}.problem, '') ~ '(foreign|odd)_mail')`);

/** Whether what somebody has is one of the line's other addresses. */
export const hasAlias = (line: string, person: string): SQL =>
  sql.raw(
    `coalesce(${person}.email_norm = any (string_to_array(lower(${line}.aliases collate "C"), ' ')), false)`,
  );

/**
 * Why the person `u` keeps their address although that of the line `r` is another one: it is the entry's too; who can write
 * the directory would become whoever holds a role here; and what cannot be taken over, or is missing at many at once
 * (`noteLost`), is no reason to lose what there is.
 */
export const keepsAddress = ({ options }: Pick<WorkedRun, "options">): SQL => sql`case
  when u.email_norm is null or r.asked <> 'present' or r.email_norm is not distinct from u.email_norm then null
  when ${hasAlias("r", "u")} then 'alias'
  when ${holdsRole("u")} then 'role' when ${isFaulty("r")} then 'fault'
  when r.email_norm is null and ${options.keepsAddresses === true} then 'many' end`;

const isProtected = (run: Pick<WorkedRun, "options">): SQL => {
  const { protectedUsers = [], protectedGroups = [] } = run.options as Record<string, string[] | undefined>;
  return sql`(u.id = any (${sql.param(protectedUsers)}::uuid[]) or exists (
    select from group_members m where m.account_id = u.account_id and m.user_id = u.id
      and m.group_id = any (${sql.param(protectedGroups)}::uuid[]))
    or exists (select from group_members m join groups g on g.account_id = m.account_id and g.id = m.group_id
      where m.account_id = u.account_id and m.user_id = u.id and g.protected))`;
};

/** Whether a sync, also one that was cut short, was at work when the person was suspended, and nobody here did so since. */
const whileSyncing = sql.raw(`exists (
  select from runs s where s.account_id = u.account_id and s.kind = 'directory_sync'
    and s.state in ('completed', 'failed', 'cancelled') and u.suspended_at between s.applying_at and s.finished_at)`);

/**
 * Whether a sync suspended the person, by their entry, or, where the directory's id was forgotten, by the one of that id. Said
 * twice, so that the index of entries that are not in is used.
 */
const bySync = ({
  accountId,
}: Going): SQL => sql`(e.verdict = 'suspended' or (u.external_id is null and u.id in (
  select k.user_id from directory_entries k
  where k.account_id = ${accountId} and k.verdict = 'suspended' and k.verdict <> 'in' and k.user_id is not null)))`;

/** Whoever was suspended for being disabled, by their `entry`, of whom the server does not say any more whether they are. */
export const isUnstated = (entry: string): SQL =>
  sql.raw(
    `(coalesce(r.problem, '') ~ 'no_state' and coalesce(starts_with(${entry}.reason, '${disabledWords.account}'), false))`,
  );

type Going = Pick<WorkedRun, "accountId" | "options">;

/**
 * What a staged line `r` asks for, by the person `u` who is this entry (by its id, or who is adopted by address), what
 * the last sync made of the entry (`e`), and whoever else holds the address (`holder`).
 */
export const decideSync = (run: Going): SQL => sql`case
  when r.asked = 'excluded' then 'excluded'
  when r.asked = 'protected' or (u.id is not null and ${isProtected(run)}) then 'protected'
  when r.asked in ('gone', 'disabled') then case
    when u.id is null or u.status = 'deleted' then case r.asked when 'gone' then 'unknown' else 'disabled_unknown' end
    when u.status = 'suspended' then 'already_suspended'
    when u.id in ${protectedPeople} then 'owner'
    else 'suspend' end
  when u.id is null then case when holder.id is null then 'create' else 'create_without' end
  when u.status = 'deleted' then case when ${bySync(run)} then 'revive' else 'deleted_here' end
  when u.status = 'suspended' and ${bySync(run)} and ${whileSyncing} then case when ${isUnstated("e")} then 'unstated' else 'restore' end
  when u.external_id is null then 'adopt'
  when u.status = 'suspended' then 'suspended_here'
  when changed.is then case when holder.id is null then 'update' else 'update_without' end
  else case when holder.id is null then 'same' else 'same_without' end end`;
