import { type SQL, sql } from "drizzle-orm";
import { violatedConstraint } from "#lib/db/violated-constraint.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { beingSent } from "#lib/invitations/resend-invitation.ts";
import { forFreshRows } from "../for-fresh-rows.ts";
import type { Changes } from "./changes-of.ts";

/** Of a change `c` and its invitation `i`: both are as when it was planned. */
const asPlanned = sql.raw(`i.id = c.invitation_id and i.generation = (c.before->>'generation')::int
  and (i.state = 'open' or (c.action = 'resend' and i.state = 'expired'))
  and (c.action = 'revoke' or not exists (
    select from invitations o where o.account_id = i.account_id and o.email_norm = i.email_norm and o.state = 'open' and o.id <> i.id))
  and (c.action = 'revoke' or not exists (
    select from suppressed_addresses s where s.account_id = i.account_id and s.email_norm = i.email_norm))`);

/** Of a change `c`: what it would do to a picked invitation can no longer be done. */
export const isPickedGone: SQL = sql`(c.action in ('resend', 'revoke') and not exists (
  select from invitations i where i.account_id = c.account_id and ${asPlanned}))`;

/**
 * Takes back what waits of the mails that a range replaces. Of whose mail is with the provider right now the invitation is
 * taken out of the plan, and its line says so: should the answer get lost, that mail must be sent again as it was. True
 * when there were any.
 */
export const leaveBeingSent = (tx: Transaction, changes: Changes): Promise<boolean> =>
  forFreshRows(tx, async () => {
    const { lease, from } = changes;
    if (!(await holdPeople(tx, changes, "resend"))) return false;
    // Whoever wants no reminders any more changes the invitation before its mails.
    await tx.execute(sql`
      select from invitations i join (select c.invitation_id from ${from} and c.action = 'resend') c on i.id = c.invitation_id
      order by i.id for update of i`);
    await withdrawQueued(tx, changes, "resend", "a newer invitation was sent");
    const left = await tx.execute(sql`
      with sending as (
        select c.position from ${from} and c.action = 'resend' and c.invitation_id in (
          select subject_id from emails where state = 'sending' and kind in ('invitation', 'reminder'))),
      left_out as (
        delete from run_changes c using sending s where c.run_id = ${lease.runId} and c.position = s.position)
      update run_entries e set outcome = 'skipped', reason = ${beingSent}
      from sending s where e.run_id = ${lease.runId} and e.position = s.position returning e.position`);
    return left.count > 0;
  });

/** The number of invitations mailed anew: fewer than planned when somebody else has changed one or its person meanwhile. */
export const resendInvitations = (tx: Transaction, changes: Changes): Promise<number> =>
  forFreshRows(tx, async () => {
    if (!(await holdPeople(tx, changes, "resend"))) return 0;
    const renewed = await renew(tx, changes);
    if (renewed === 0) return 0;
    await tx.execute(sql`
      update users u set status = 'invited', version = u.version + 1, updated_at = now()
      from (select c.user_id from ${changes.from} and c.action = 'resend') c
      where u.id = c.user_id and u.status = 'not_invited'`);
    await tx.execute(sql`
      insert into emails (account_id, key, kind, recipient, subject_id, generation, language, run_id)
      select i.account_id, 'invitation:' || i.id || ':' || i.generation, 'invitation', i.email, i.id, i.generation, i.language,
        ${changes.lease.runId}::uuid
      from (select c.invitation_id from ${changes.from} and c.action = 'resend') c join invitations i on i.id = c.invitation_id
      -- Renewed right now: what somebody else has mailed or ended meanwhile has its mail, or none, already.
      where i.resent_at = now()`);
    return renewed;
  });

/** The same of invitations that end: links lead nowhere, mails that wait are taken back, people are Not Invited. */
export const revokePicked = (tx: Transaction, changes: Changes): Promise<number> =>
  forFreshRows(tx, async () => {
    if (!(await holdPeople(tx, changes, "revoke"))) return 0;
    const revoked = await tx.execute(sql`
      update invitations i set state = 'revoked', ended_at = now()
      from (select c.* from ${changes.from} and c.action = 'revoke') c where ${asPlanned}`);
    await withdrawQueued(tx, changes, "revoke", "the invitation was revoked");
    await tx.execute(sql`
      update users u set status = 'not_invited', version = u.version + 1, updated_at = now()
      from (select c.user_id from ${changes.from} and c.action = 'revoke') c
      where u.id = c.user_id and u.status = 'invited'`);
    return revoked.count;
  });

/** People before their invitations, as everywhere: whoever joins in this moment is waited for, and counts. */
async function holdPeople(tx: Transaction, { from }: Changes, action: "resend" | "revoke"): Promise<boolean> {
  const [held] = await tx.execute<{ all: boolean }>(sql`
    with picked as (select c.user_id, c.user_version from ${from} and c.action = ${action}),
    held as (
      select u.id from users u join picked c on c.user_id = u.id and c.user_version = u.version
      order by u.id for update of u)
    select (select count(*) from held) = (select count(*) from picked) as all`);
  return held?.all === true;
}

async function renew(tx: Transaction, { from }: Changes): Promise<number> {
  try {
    const renewed = await tx.execute(sql`
      update invitations i set state = 'open', ended_at = null, generation = i.generation + 1, resent_at = now(),
        reminded_at = null, expires_at = now() + make_interval(days => (select invitation_days from accounts))
      from (select c.* from ${from} and c.action = 'resend') c where ${asPlanned}`);
    return renewed.count;
  } catch (error) {
    if (violatedConstraint(error) === "invitations_one_open_per_address") return 0;
    throw error;
  }
}

const withdrawQueued = (tx: Transaction, { from }: Changes, action: "resend" | "revoke", because: string) =>
  tx.execute(sql`
    with withdrawn as (
      update emails m set state = 'withdrawn', error = ${because}
      from (select c.invitation_id from ${from} and c.action = ${action}) c
      where m.subject_id = c.invitation_id and m.kind in ('invitation', 'reminder') and m.state = 'queued'
        and m.standing in ('queued', 'waiting')
      returning m.run_id),
    by_run as (select run_id, count(*)::int as n from withdrawn where run_id is not null group by run_id)
    update run_mail_counts r set queued = r.queued - n, withdrawn = r.withdrawn + n from by_run b where r.run_id = b.run_id`);
