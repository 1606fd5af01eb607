import { type SQL, sql } from "drizzle-orm";
import { violatedConstraint } from "#lib/db/violated-constraint.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { freeSeats } from "#lib/seats/write-managed.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { restorableUntil } from "#lib/users/restorable-until.ts";
import { forFreshRows } from "../for-fresh-rows.ts";
import type { Changes } from "./changes-of.ts";
import { changesAddress, endAccess } from "./end-access.ts";
import { mayNotBeSuspended } from "./may-not-be-suspended.ts";

const fieldList = sql.raw(profileFields.join(", "));
const changeFields = sql.raw(profileFields.map((f) => `c.${f}`).join(", "));
const newValue = (field: string, from = field) =>
  `${field} = case when c.${from} is not null then c.${from} when '${field}' = any (c.cleared) then null else u.${field} end`;
const newValues = sql.raw(
  [
    ...profileFields.map((field) => newValue(field)),
    newValue("organizational_unit"),
    newValue("external_id"),
    newValue("email", "new_email"),
  ].join(", "),
);

/** Whoever gets another address has not shown yet that it is theirs; an undo gives back what they had shown. */
const validation = ({ undoes }: Changes["run"]): SQL => sql`email_validation = case
  when c.new_email is not null then coalesce(${
    undoes === null
      ? sql`null`
      : sql`(
    select o.before->>'email_validation' from run_changes o
    where o.account_id = c.account_id and o.run_id = ${undoes}::uuid and o.position = c.position)`
  }, 'pending')
  when 'email' = any (c.cleared) then null else u.email_validation end`;

/** False when somebody else has made one of them meanwhile. `on conflict` would say which, and cost a third more. */
export async function createUsers(tx: Transaction, { lease, run, from }: Changes): Promise<boolean> {
  try {
    await tx.execute(sql`
      insert into users (account_id, id, email, ${fieldList}, status, email_validation, source, external_id, organizational_unit)
      select ${lease.accountId}::uuid, c.user_id, c.email, ${changeFields},
        case when c.invitation_id is null then 'not_invited' else 'invited' end,
        case when c.email is not null then 'pending' end, ${sourceOf(run)}, c.external_id, c.organizational_unit
      from ${from} and c.action = 'create'`);
    return true;
  } catch (error) {
    if (violatedConstraint(error) === "users_one_per_address") return false;
    throw error;
  }
}

const sourceOf = ({ kind }: Changes["run"]): string => (kind === "directory_sync" ? "directory" : kind);

/** Two people who exchange their addresses, or one who gives theirs up, would be in the way; in the same transaction each gets the new one. */
export const freeAddresses = (tx: Transaction, { from }: Changes) =>
  tx.execute(sql`
    update users u set email = null from (select c.* from ${from} and ${changesAddress("c")}) c
    where u.id = c.user_id and u.version = c.user_version and u.email_norm is distinct from lower(c.new_email collate "C")`);

/** The number of people changed: fewer than planned when somebody else has changed one meanwhile. */
export async function updateUsers(tx: Transaction, changes: Changes): Promise<number> {
  try {
    return await writeUpdates(tx, changes);
  } catch (error) {
    if (violatedConstraint(error) === "users_one_per_address") return -1;
    throw error;
  }
}

async function writeUpdates(tx: Transaction, { run, from }: Changes): Promise<number> {
  const updated = await tx.execute(sql`
    update users u set ${newValues}, ${validation(run)}, version = u.version + 1, updated_at = now(),
      status = case when c.invitation_id is not null then 'invited' else coalesce(c.status, u.status) end,
      suspended_at = case when c.invitation_id is null then u.suspended_at end,
      status_before_suspension = case when c.invitation_id is null then u.status_before_suspension end
    from (select c.* from ${from} and c.action = 'update') c
    where u.id = c.user_id and u.version = c.user_version`);
  return updated.count;
}

/** The same of people who are suspended: their sessions and one-time links end with it. Who became an owner since the plan was made stays. */
export async function suspendUsers(tx: Transaction, { run, from }: Changes): Promise<number> {
  const suspended = await tx.execute<{ id: string }>(sql`
    update users u set status = 'suspended', status_before_suspension = u.status, suspended_at = now(),
      version = u.version + 1, updated_at = now()
    from (select c.* from ${from} and c.action = 'suspend') c
    where u.id = c.user_id and u.version = c.user_version and not ${mayNotBeSuspended(run)}`);
  await endAccess(tx, sql`(select c.user_id from ${from} and c.action = 'suspend')`);
  if (run.removals === "approved") {
    const told = sql`
      update run_entries e set outcome = 'deleted',
        reason = regexp_replace(coalesce(e.reason, ''), '(Waits for approval: .*)?$', ${sql.raw(restorableUntil)})
      from (select c.* from ${from} and c.action = 'suspend') c
      where e.account_id = c.account_id and e.run_id = c.run_id and e.position = c.position and e.outcome = 'waiting'`;
    await forFreshRows(tx, () => tx.execute(told));
  }
  return suspended.count;
}

/** The same of people who get back the status that they had before they were suspended. */
export async function restoreUsers(tx: Transaction, { run, from }: Changes): Promise<number> {
  const restored = await tx.execute(sql`
    update users u set ${newValues}, ${validation(run)}, status = coalesce(c.status, u.status_before_suspension, 'active'),
      status_before_suspension = null, suspended_at = null, version = u.version + 1, updated_at = now()
    from (select c.* from ${from} and c.action = 'restore') c
    where u.id = c.user_id and u.version = c.user_version`);
  return restored.count;
}

/** The same of people who were added by a run that is taken back. Whoever was given a role or has joined stays. */
export async function deleteUsers(tx: Transaction, { from }: Changes): Promise<number> {
  const whom = sql`(select c.user_id, c.user_version from ${from} and c.action = 'delete')`;
  const leaving = sql`${whom} c`;
  await freeSeats(tx, whom);
  await tx.execute(sql`delete from group_members m using ${leaving} where m.user_id = c.user_id`);
  const deleted = await tx.execute(sql`
    delete from users u using ${leaving} where u.id = c.user_id and u.version = c.user_version
      and u.status not in ('signed_up', 'active') and not exists (select from role_holders g where g.user_id = u.id)`);
  return deleted.count;
}
