import { type SQL, sql } from "drizzle-orm";
import { beingSent, resendPause } from "#lib/invitations/resend-invitation.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";
import { noMailTo } from "./no-mail-to.ts";

const minutesAgo =
  "case d.minutes_since_resent when 0 then 'less than a minute' when 1 then '1 minute' else d.minutes_since_resent || ' minutes' end";

/** What is told of each verdict of `decideInvitation`; a reason is a piece of SQL over the decided line `d`. */
const verdicts = {
  gone: ["skipped", "'The person is no longer here.'"],
  joined: ["skipped", "'Has joined meanwhile.'"],
  suspended: ["skipped", "'The person is suspended: restore them first.'"],
  replaced: ["skipped", "'A newer invitation went to this address.'"],
  address_changed: ["skipped", "'The person has another address by now: invite them there.'"],
  was_revoked: ["skipped", "'Was revoked: invite the person again.'"],
  ...noMailTo,
  too_soon: [
    "skipped",
    `'Was sent again ' || ${minutesAgo} || ' ago; wait until ${resendPause} minutes have passed.'`,
  ],
  being_sent: ["skipped", `'${beingSent}'`],
  on_its_way: ["unchanged", "'The mail has not gone out yet; it will.'"],
  resend: [
    "updated",
    "case when d.has_run_out or d.state = 'expired' then 'Had run out; sent again with all its days.' else 'Sent again; the link mailed before leads nowhere now.' end",
  ],
  revoke: ["updated", "'Revoked: its links lead nowhere, and the person is Not Invited.'"],
  already_revoked: ["unchanged", "'Is revoked already.'"],
  ran_out: ["unchanged", "'Had run out already.'"],
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = told.reason;

/** By what the line `l` asks for, what its invitation and its person are now, and the states of its mail `m` and its reminder. */
export const decideInvitation: SQL = sql`case
  when l.state is null or l.version is null or l.status = 'deleted' then 'gone'
  when l.asked = 'revoke' then case
    when l.state = 'accepted' then 'joined'
    when l.state = 'revoked' then 'already_revoked'
    when l.state = 'expired' or l.has_run_out then 'ran_out'
    else 'revoke' end
  when l.status = 'suspended' then 'suspended'
  when l.state = 'accepted' or l.status in ('active', 'signed_up') then 'joined'
  when l.newer is not null then 'replaced'
  when l.is_address_kept is not true then 'address_changed'
  when l.state = 'revoked' then 'was_revoked'
  when not l.is_domain_ours then 'foreign_domain'
  when l.suppressed is not null then l.suppressed
  when l.minutes_since_resent < ${sql.raw(String(resendPause))} then 'too_soon'
  when 'sending' in (m.state, reminder.state) then 'being_sent'
  when l.state = 'open' and not l.has_run_out and m.state = 'queued' then 'on_its_way'
  else 'resend' end`;
