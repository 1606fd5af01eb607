import { type SQL, sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { inRange, type Lease, type RunRow } from "./lease.ts";
import { rangeSize } from "./plan.ts";

/** Some of the planned changes no longer fit the people they were made for. */
export class StaleRange extends Error {
  readonly range: { from: number; to: number };
  constructor(range: { from: number; to: number }) {
    super("the plan of a range is stale");
    this.range = range;
  }
}

/** Counts over the changes of a range, and a hash that the audit event keeps. */
type Planned = {
  changes: number;
  creates: number;
  updates: number;
  invites: number;
  renewed: number;
  hash: string | null;
};

const fieldList = sql.raw(profileFields.join(", "));
const changeFields = sql.raw(profileFields.map((f) => `c.${f}`).join(", "));
const newValues = sql.raw(
  profileFields
    .map(
      (f) =>
        `${f} = case when c.${f} is not null then c.${f} when '${f}' = any (c.cleared) then null else u.${f} end`,
    )
    .join(", "),
);

/** Carries out the next range of the plan, all of it or nothing. True when all is applied; throws StaleRange. */
export function applyNextRange(lease: Lease): Promise<boolean> {
  return inRange(lease, async (tx, run) => {
    const from = run.applied_to;
    const to = Math.min(from + rangeSize, run.last_position);
    await tx.execute(sql`set local work_mem = '64MB'`);
    const changes = sql`run_changes c where c.run_id = ${lease.runId} and c.position > ${from} and c.position <= ${to}`;
    const applied = await applyChanges(tx, lease, run, changes);
    if (!applied) throw new StaleRange({ from, to });
    await recordRange(tx, lease, run, { from, to }, applied);
    await tx.execute(sql`update runs set applied_to = ${to} where id = ${lease.runId}`);
    return to >= run.last_position;
  });
}

async function applyChanges(
  tx: Transaction,
  lease: Lease,
  run: RunRow,
  changes: SQL,
): Promise<Planned | null> {
  const [planned] = await tx.execute<Planned>(sql`
    select count(*)::int as changes, count(*) filter (where action = 'create')::int as creates,
      count(*) filter (where action = 'update')::int as updates, count(invitation_id)::int as invites,
      count(invitation_id) filter (where action = 'update')::int as renewed,
      encode(sha256(convert_to(string_agg(c.position || ' ' || c.action || ' ' || c.user_id, E'\n' order by c.position), 'UTF8')), 'hex') as hash
    from ${changes}`);
  if (!planned) throw new Error("a count gave no row");
  if (planned.creates > 0 && !(await createUsers(tx, lease, run, changes))) return null;
  if (planned.updates > 0 && (await updateUsers(tx, changes)) !== planned.updates) return null;
  if (planned.renewed > 0) await endExpired(tx, changes);
  if (planned.invites > 0) await inviteUsers(tx, lease, run, changes, planned.invites);
  return planned;
}

/** False when somebody else has made one of them meanwhile. `on conflict` would say which, and cost a third more. */
async function createUsers(tx: Transaction, lease: Lease, run: RunRow, changes: SQL): Promise<boolean> {
  try {
    await tx.execute(sql`
      insert into users (account_id, id, email, ${fieldList}, status, email_validation, source)
      select ${lease.accountId}::uuid, c.user_id, c.email, ${changeFields},
        case when c.invitation_id is null then 'not_invited' else 'invited' end,
        case when c.email is not null then 'pending' end, ${run.kind}
      from ${changes} and c.action = 'create'`);
    return true;
  } catch (error) {
    if (violatedConstraint(error) === "users_one_per_address") return false;
    throw error;
  }
}

async function updateUsers(tx: Transaction, changes: SQL): Promise<number> {
  const updated = await tx.execute(sql`
    update users u set ${newValues}, version = u.version + 1, updated_at = now(),
      status = case when c.invitation_id is not null then 'invited' else u.status end
    from (select c.* from ${changes} and c.action = 'update') c
    where u.id = c.user_id and u.version = c.user_version`);
  return updated.count;
}

/** An address has one open invitation: the one that ran out makes room for the new one. */
const endExpired = (tx: Transaction, changes: SQL) =>
  tx.execute(sql`
    update invitations i set state = 'expired', ended_at = now()
    from (select lower(c.email collate "C") as email_norm from ${changes} and c.action = 'update' and c.invitation_id is not null) c
    where i.email_norm = c.email_norm and i.state = 'open' and i.expires_at <= now()`);

async function inviteUsers(
  tx: Transaction,
  lease: Lease,
  run: RunRow,
  changes: SQL,
  invites: number,
): Promise<void> {
  await tx.execute(sql`
    insert into invitations (account_id, id, user_id, email, source, run_id, invited_by, expires_at)
    select ${lease.accountId}::uuid, c.invitation_id, c.user_id, c.email, ${run.kind}, ${lease.runId}::uuid,
      ${run.requested_by}::uuid, now() + make_interval(days => (select invitation_days from accounts))
    from ${changes} and c.invitation_id is not null`);
  await tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, run_id)
    select ${lease.accountId}::uuid, 'invitation:' || c.invitation_id || ':1', 'invitation', c.email, c.invitation_id,
      ${lease.runId}::uuid
    from ${changes} and c.invitation_id is not null`);
  await tx.execute(sql`
    insert into run_mail_counts (account_id, run_id, queued) values (${lease.accountId}, ${lease.runId}, ${invites})
    on conflict (account_id, run_id) do update set queued = run_mail_counts.queued + excluded.queued`);
  await enqueue(tx, "send-mail", {});
}

/** One event a range: how many changes, and a hash over them. */
async function recordRange(
  tx: Transaction,
  lease: Lease,
  run: RunRow,
  range: { from: number; to: number },
  { changes, hash }: Planned,
): Promise<void> {
  if (changes === 0) return;
  await recordEvent(tx, systemActor(lease.accountId, run.requested_by_name), {
    action: "run.range_applied",
    subjectKind: "run",
    subjectId: lease.runId,
    runId: lease.runId,
    details: { from: range.from + 1, to: range.to, changes, sha256: hash },
  });
}

const violatedConstraint = (error: unknown) =>
  (error as { cause?: { constraint_name?: string } }).cause?.constraint_name;
