import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";
import { peopleAbove } from "#lib/users/people-above.ts";
import { protectedPeople } from "#lib/users/protected-people.ts";
import { restorableUntil } from "#lib/users/restorable-until.ts";

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
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = told.reason;

/** By what the line `r` asks for, and what the person `u` is now. */
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
  when u.status = 'suspended' then case when u.id in ${peopleAbove(run.requestedBy)} then 'outranks' else 'restore' end
  else 'not_suspended' end`;
