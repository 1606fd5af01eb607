import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";
import { peopleAbove } from "#lib/users/people-above.ts";
import { protectedPeople } from "#lib/users/protected-people.ts";
import { restorableUntil } from "#lib/users/restorable-until.ts";
import { isDomainOurs, noMailTo } from "./no-mail-to.ts";

/** What is told of each verdict of `decideChange`; a reason is a piece of SQL over the decided line `d`. */
const verdicts = {
  gone: ["skipped", "'Is no longer here.'"],
  manage: ["updated", "'Made managed.'"],
  already_managed: ["unchanged", "'Is managed already.'"],
  not_active: ["skipped", "'Not Active: only Active people can be managed.'"],
  unmanage: ["updated", "'Made unmanaged.'"],
  not_managed: ["unchanged", "'Is not managed.'"],
  suspend: ["deleted", restorableUntil],
  already_suspended: ["unchanged", "'Is suspended already.'"],
  yourself: ["failed", "'Protected: the person who asks.'"],
  protected: ["failed", "'Protected: an owner, or the last admin.'"],
  outranks: ["failed", "'Protected: this person may do what you may not.'"],
  restore: ["activated", null],
  not_suspended: ["unchanged", "'Is not suspended.'"],
  invite: ["updated", "'Invited.'"],
  renew: ["updated", "'The last invitation had run out; invited again.'"],
  already_invited: ["unchanged", "'Has an open invitation already; Resend is on the page Invitations.'"],
  joined: ["unchanged", "'Has joined already.'"],
  suspended: ["skipped", "'Is suspended; restore them first.'"],
  no_address: ["skipped", "'Has no address.'"],
  ...noMailTo,
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = told.reason;

/** By what the line `r` asks for, what the person `u` is now, the invitation `standing` that is open to them and why `s` no mail goes there. */
export const decideChange = (run: WorkedRun): SQL => sql`case
  when u.id is null or u.status = 'deleted' then 'gone'
  when r.asked = 'manage' then case
    when u.managed then 'already_managed'
    when u.status <> 'active' then 'not_active'
    else 'manage' end
  when r.asked = 'unmanage' then case when u.managed then 'unmanage' else 'not_managed' end
  when r.asked = 'suspend' then case
    when u.status = 'suspended' then 'already_suspended'
    when u.id = ${run.requestedBy}::uuid then 'yourself'
    when u.id in ${protectedPeople} then 'protected'
    when u.id in ${peopleAbove(run.requestedBy)} then 'outranks'
    else 'suspend' end
  when r.asked = 'invite' then case
    when u.status = 'suspended' then 'suspended'
    when u.status in ('signed_up', 'active') then 'joined'
    when u.email is null then 'no_address'
    when standing.id is not null then 'already_invited'
    when not ${isDomainOurs("u.email_norm", run)} then 'foreign_domain'
    when s.reason is not null then s.reason
    when u.status = 'invited' then 'renew'
    else 'invite' end
  when u.status = 'suspended' then case when u.id in ${peopleAbove(run.requestedBy)} then 'outranks' else 'restore' end
  else 'not_suspended' end`;
