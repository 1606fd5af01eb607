import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { mailLanguage } from "#lib/mail/mail-language.ts";
import { forFreshRows } from "../for-fresh-rows.ts";
import type { Changes } from "./changes-of.ts";

const usersOwn = sql`(select u.language from users u where u.account_id = c.account_id and u.id = c.user_id)`;
// Who is new has the language of the line, and needs no look by key.
const ownLanguage = sql`coalesce(c.language, case when c.action <> 'create' then ${usersOwn} end)`;

const invited = sql.raw("c.invitation_id is not null and c.action in ('create', 'update')");

/** An address has one open invitation: the one that ran out makes room for the new one. */
export const endExpired = (tx: Transaction, { from }: Changes) =>
  tx.execute(sql`
    update invitations i set state = 'expired', ended_at = now()
    from (select lower(c.email collate "C") as email_norm from ${from} and c.action = 'update' and c.invitation_id is not null) c
    where i.email_norm = c.email_norm and i.state = 'open' and i.expires_at <= now()`);

/**
 * Of a change `c`: would invite somebody who has an open invitation by now; one that had run out may have been sent again. By
 * the person: row-level security would look an address in lower case up in all rows.
 */
export const isInvitedMeanwhile: SQL =
  sql.raw(`(c.action = 'update' and c.invitation_id is not null and exists (
  select from invitations o where o.account_id = c.account_id and o.user_id = c.user_id
    and o.state = 'open' and o.expires_at > now()))`);

/** Asked once the people are held: whoever sends an invitation again holds them too. */
export const anyInvitedMeanwhile = (tx: Transaction, { from }: Changes): Promise<boolean> =>
  forFreshRows(tx, async () => {
    const [found] = await tx.execute(sql`select 1 from ${from} and ${isInvitedMeanwhile} limit 1`);
    return found !== undefined;
  });

/** The open invitation of whoever is suspended, deleted or put back to the time before it ends: its links lead nowhere. */
export const revokeInvitations = (tx: Transaction, { from }: Changes) =>
  tx.execute(sql`
    update invitations i set state = 'revoked', ended_at = now()
    from (select lower(c.email collate "C") as email_norm from ${from}
      and (c.action in ('suspend', 'delete') or c.status is not null)) c
    where i.email_norm = c.email_norm and i.state = 'open'`);

/** What was open when the person was suspended is open again, if it has not run out and no other is open. */
export const reopenInvitations = (tx: Transaction, { from }: Changes) =>
  tx.execute(sql`
    update invitations i set state = 'open', ended_at = null
    from (select c.invitation_id from ${from} and c.action = 'restore' and c.invitation_id is not null) c
    where i.id = c.invitation_id and i.state = 'revoked' and i.expires_at > now()
      and not exists (select from invitations o where o.email_norm = i.email_norm and o.state = 'open')`);

/** The invitations of a range, each with its mail in the outbox. */
export async function inviteUsers(tx: Transaction, { lease, run, from }: Changes): Promise<void> {
  await tx.execute(sql`
    insert into invitations (account_id, id, user_id, email, source, run_id, invited_by, expires_at, language)
    select ${lease.accountId}::uuid, c.invitation_id, c.user_id, c.email, ${run.kind}, ${lease.runId}::uuid,
      ${run.requested_by}::uuid, now() + make_interval(days => (select invitation_days from accounts)),
      ${mailLanguage(ownLanguage)}
    from ${from} and ${invited}`);
  await tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, run_id, language)
    select ${lease.accountId}::uuid, 'invitation:' || c.invitation_id || ':1', 'invitation', c.email, c.invitation_id,
      ${lease.runId}::uuid, ${mailLanguage(ownLanguage)}
    from ${from} and ${invited}`);
}

/** Tells people that they are back, each once a run: of a file all, of many picked in the browser those who had joined. */
export const noticeRestored = (tx: Transaction, { lease, run, from }: Changes) =>
  tx.execute(sql`
    insert into emails (account_id, key, kind, recipient, subject_id, run_id, language)
    select ${lease.accountId}::uuid, 'account_activated:' || c.user_id || ':' || ${lease.runId}, 'account_activated', c.email,
      c.user_id, ${lease.runId}::uuid, ${mailLanguage(usersOwn)}
    from (select c.account_id, c.user_id, c.email from ${from} and c.action = 'restore' and c.email is not null) c
    where ${run.kind} = 'import' or exists (
      select from users u where u.id = c.user_id and u.status in ('signed_up', 'active'))`);
