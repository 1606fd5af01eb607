import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { type Author, systemActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import type { RunKind } from "../run-kind.ts";
import { type Changes, changesOf } from "./changes/changes-of.ts";
import { changesAddress, leaveOldAddresses } from "./changes/end-access.ts";
import { joinGroups } from "./changes/join-groups.ts";
import { leaveGroups } from "./changes/leave-groups.ts";
import { movesRoles } from "./changes/moves-roles.ts";
import {
  anyInvitedMeanwhile,
  endExpired,
  inviteUsers,
  noticeRestored,
  reopenInvitations,
  revokeInvitations,
} from "./changes/write-invitations.ts";
import { leaveBeingSent, resendInvitations, revokePicked } from "./changes/write-picked-invitations.ts";
import { manageUsers, refuseSeatless, unmanageUsers } from "./changes/write-seats.ts";
import {
  createUsers,
  deleteUsers,
  freeAddresses,
  restoreUsers,
  suspendUsers,
  updateUsers,
} from "./changes/write-users.ts";
import { inRange, type Lease, type RunRow } from "./lease.ts";
import { rangeSize } from "./plan.ts";
import { toWorkedRun } from "./worked-run.ts";

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
  suspends: number;
  restores: number;
  deletes: number;
  manages: number;
  unmanages: number;
  /** Picked invitations that are mailed anew, or end. */
  resends: number;
  revokes: number;
  /** People whose open invitation ends. */
  uninvites: number;
  invites: number;
  renewed: number;
  reopens: number;
  /** Whom an import lets in again hears of it; what an undo puts back is not news. */
  notices: number;
  joins: number;
  /** People who get another address, or lose theirs. */
  addresses: number;
  leaves: number;
  hash: string | null;
};

/** Carries out the next range of the plan, all of it or nothing. True when all is applied; throws StaleRange. */
export function applyNextRange(lease: Lease, kind?: RunKind): Promise<boolean> {
  return inRange(lease, async (tx, run) => {
    const range = { from: run.applied_to, to: Math.min(run.applied_to + rangeSize, run.last_position) };
    await tx.execute(sql`set local work_mem = '64MB'`);
    const changes = changesOf(lease, run, range);
    let planned = await countPlanned(tx, changes);
    if (planned.manages > 0 && (await refuseSeatless(tx, changes, planned.manages)))
      planned = await countPlanned(tx, changes);
    if (planned.resends > 0 && (await leaveBeingSent(tx, changes))) planned = await countPlanned(tx, changes);
    if (!(await writeChanges(tx, changes, planned))) throw new StaleRange(range);
    for (const statement of kind?.applied?.(toWorkedRun(lease, run), range) ?? [])
      await tx.execute(statement);
    await recordRange(tx, lease, run, range, planned);
    await tx.execute(sql`update runs set applied_to = ${range.to} where id = ${lease.runId}`);
    return range.to >= run.last_position;
  });
}

async function countPlanned(tx: Transaction, { run, from }: Changes): Promise<Planned> {
  const [planned] = await tx.execute<Planned>(sql`
    select count(*)::int as changes, count(*) filter (where action = 'create')::int as creates,
      count(*) filter (where action = 'update')::int as updates,
      count(*) filter (where action = 'suspend')::int as suspends,
      count(*) filter (where action = 'restore')::int as restores,
      count(*) filter (where action = 'delete')::int as deletes,
      count(*) filter (where action = 'manage')::int as manages,
      count(*) filter (where action = 'unmanage')::int as unmanages,
      count(*) filter (where action = 'resend')::int as resends,
      count(*) filter (where action = 'revoke')::int as revokes,
      count(*) filter (where action in ('suspend', 'delete') or status is not null)::int as uninvites,
      count(invitation_id) filter (where action in ('create', 'update'))::int as invites,
      count(invitation_id) filter (where action = 'update')::int as renewed,
      count(invitation_id) filter (where action = 'restore')::int as reopens,
      count(email) filter (where action = 'restore' and ${run.undoes === null})::int as notices,
      count(*) filter (where ${changesAddress("c")})::int as addresses, count(groups)::int as joins, count(leaves)::int as leaves,
      encode(sha256(convert_to(string_agg(c.position || ' ' || c.action || ' ' || c.user_id, E'\n' order by c.position), 'UTF8')), 'hex') as hash
    from ${from}`);
  if (!planned) throw new Error("a count gave no row");
  return planned;
}

/** False when the plan no longer fits; what was written till then is rolled back. */
async function writeChanges(tx: Transaction, changes: Changes, planned: Planned): Promise<boolean> {
  if (planned.joins + planned.leaves > 0 && (await anyMovesRoles(tx, changes))) return false;
  if (planned.addresses > 0) await freeAddresses(tx, changes);
  if (planned.creates > 0 && !(await createUsers(tx, changes))) return false;
  if (planned.updates > 0 && (await updateUsers(tx, changes)) !== planned.updates) return false;
  if (planned.suspends > 0 && (await suspendUsers(tx, changes)) !== planned.suspends) return false;
  if (planned.restores > 0 && (await restoreUsers(tx, changes)) !== planned.restores) return false;
  if (planned.deletes > 0 && (await deleteUsers(tx, changes)) !== planned.deletes) return false;
  if (planned.manages > 0 && (await manageUsers(tx, changes)) !== planned.manages) return false;
  if (planned.unmanages > 0 && (await unmanageUsers(tx, changes)) !== planned.unmanages) return false;
  if (planned.resends > 0 && (await resendInvitations(tx, changes)) !== planned.resends) return false;
  if (planned.revokes > 0 && (await revokePicked(tx, changes)) !== planned.revokes) return false;
  if (planned.addresses > 0) await leaveOldAddresses(tx, changes);
  if (planned.uninvites > 0) await revokeInvitations(tx, changes);
  if (planned.reopens > 0) await reopenInvitations(tx, changes);
  if (planned.renewed > 0 && (await anyInvitedMeanwhile(tx, changes))) return false;
  if (planned.renewed > 0) await endExpired(tx, changes);
  if (planned.invites > 0) await inviteUsers(tx, changes);
  const notices = planned.notices > 0 ? (await noticeRestored(tx, changes)).count : 0;
  if (planned.joins > 0) await joinGroups(tx, changes);
  if (planned.leaves > 0) await leaveGroups(tx, changes);
  const mails = planned.invites + planned.resends + notices;
  if (mails > 0) await mailOut(tx, changes, mails);
  return true;
}

async function anyMovesRoles(tx: Transaction, { lease, run, from }: Changes): Promise<boolean> {
  const [found] = await tx.execute(sql`select 1 from ${from} and ${movesRoles(lease, run)} limit 1`);
  return found !== undefined;
}

async function mailOut(tx: Transaction, { lease }: Changes, mails: number): Promise<void> {
  await tx.execute(sql`
    insert into run_mail_counts (account_id, run_id, queued) values (${lease.accountId}, ${lease.runId}, ${mails})
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
  await recordEvent(tx, askedBy(lease.accountId, run), {
    action: "run.range_applied",
    subjectKind: "run",
    subjectId: lease.runId,
    runId: lease.runId,
    details: { from: range.from + 1, to: range.to, changes, sha256: hash },
  });
}

/** Whoever asked for the run, so that the audit finds what it did by their name. */
const askedBy = (accountId: string, { requested_by: userId, requested_by_name: userName }: RunRow): Author =>
  userId === null ? systemActor(accountId, userName) : { kind: "user", accountId, userId, userName };
