import { type SQL, sql } from "drizzle-orm";
import type { RunKind } from "../run-kind.ts";
import { changesOf } from "./changes/changes-of.ts";
import { changesAddress } from "./changes/end-access.ts";
import { mayNotBeSuspended } from "./changes/may-not-be-suspended.ts";
import { movesRoles } from "./changes/moves-roles.ts";
import { isInvitedMeanwhile } from "./changes/write-invitations.ts";
import { isPickedGone } from "./changes/write-picked-invitations.ts";
import { inRange, type Lease } from "./lease.ts";
import { toWorkedRun } from "./worked-run.ts";

const changedMeanwhile = "Changed by someone else meanwhile; left as it is.";
const givesRole = "A group of this line gives a role by now that you may not give or take; left as it is.";
const isProtected = "Protected: an owner, the last admin or the person who asks is never removed.";

type Range = { from: number; to: number };

/** Whether somebody else has the address, who does not give it up in the same range; those who do are gathered once. */
const isHeld = (
  address: "c.email" | "c.new_email",
  { runId }: Lease,
  { from, to }: Range,
): SQL => sql`exists (
  select from users o where o.email_norm = lower(${sql.raw(address)} collate "C") and o.id <> c.user_id
    and o.id not in (select gives.user_id from run_changes gives
      where gives.run_id = ${runId} and gives.position > ${from} and gives.position <= ${to}
        and ${changesAddress("gives")}))`;

/** What of a range no longer fits is planned once more; with `skip`, it is left out and said so. */
export function mendRange(kind: RunKind, lease: Lease, range: Range, skip: boolean): Promise<void> {
  return inRange(lease, async (tx, run) => {
    const stale = await tx.execute<{ position: number; kept: boolean; moves_roles: boolean }>(sql`
      select c.position, c.action = 'suspend' and ${mayNotBeSuspended(run)} as kept, ${movesRoles(lease, run)} as moves_roles
      from ${changesOf(lease, run, range).from} and (
        (c.action <> 'create' and not exists (
          select from users u where u.id = c.user_id and u.version = c.user_version))
        or (c.action = 'create' and ${isHeld("c.email", lease, range)}) or (c.new_email is not null and ${isHeld("c.new_email", lease, range)})
        or ${isPickedGone} or ${isInvitedMeanwhile}
        or (c.action = 'suspend' and ${mayNotBeSuspended(run)}) or ${movesRoles(lease, run)}
        or (c.action = 'delete' and (exists (select from role_holders g where g.user_id = c.user_id)
          or exists (select from users u where u.id = c.user_id and u.status in ('signed_up', 'active')))))`);
    const positions = [...stale].map((row) => row.position);
    if (positions.length === 0) return;
    const these = sql`run_id = ${lease.runId} and position = any (${sql.param(positions)}::int[])`;
    await tx.execute(sql`delete from run_changes where ${these}`);
    if (skip) {
      const at = (which: "kept" | "moves_roles") =>
        sql.param([...stale].flatMap((row) => (row[which] ? [row.position] : [])));
      const changed =
        run.undoes || run.kind === "bulk_change"
          ? changedMeanwhile
          : run.kind === "directory_sync"
            ? `${changedMeanwhile} The next sync looks again.`
            : `${changedMeanwhile} Upload this line again if it still holds.`;
      await tx.execute(sql`update run_entries set outcome = 'skipped', reason = case
        when position = any (${at("kept")}::int[]) then ${isProtected}
        when position = any (${at("moves_roles")}::int[]) then ${givesRole} else ${changed} end
        where ${these}`);
      return;
    }
    await tx.execute(sql`delete from run_entries where ${these}`);
    await tx.execute(kind.plan(toWorkedRun(lease, run), { ...range, only: positions }));
  });
}
