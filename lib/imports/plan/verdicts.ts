import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import { verdictCases } from "#lib/runs/verdict-cases.ts";
import { peopleAbove } from "#lib/users/people-above.ts";
import { protectedPeople } from "#lib/users/protected-people.ts";
import { restorableUntil } from "#lib/users/restorable-until.ts";
import { hasColumn } from "./has-column.ts";

/** What is told of each verdict of `decide`; the reason may be a piece of SQL over the decided line `d`. */
const verdicts = {
  bad: ["failed", null],
  passed_over: ["skipped", "d.passed_over"],
  create: ["new", null],
  invite: ["new", "'Was known here and not invited; invited now.'"],
  revive: ["new", "'Had been deleted here; added and invited again.'"],
  already_invited: ["skipped", "'Already invited; no second mail.'"],
  already_user: ["skipped", "'Already a user.'"],
  suspended: ["failed", "'This person is suspended. Use Activate.'"],
  update: ["updated", "d.hint"],
  same: ["unchanged", null],
  unknown: ["failed", "'Nobody here has this address. Use New to add the person.'"],
  unknown_here: ["failed", "'Nobody here has this address.'"],
  suspend: ["deleted", restorableUntil],
  already_suspended: ["unchanged", "'Was suspended already.'"],
  protected: [
    "failed",
    "'Protected: a file never removes an owner, the last admin or the person who imports it.'",
  ],
  above: [
    "failed",
    "'The group ' || d.closed_group || ' gives a role that you may not give. Leave the group out, or ask an owner to add the person.'",
  ],
  outranks: ["failed", "'Protected: this person may do what you may not.'"],
  restore: ["activated", null],
  already_active: ["unchanged", "'Was active already.'"],
  not_joined: ["failed", "'This person has not joined. Use New.'"],
  not_validated: ["failed", "'This person has joined, but the address is not validated yet.'"],
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = sql`coalesce(d.problem, ${told.reason})`;

const isProtected = (run: WorkedRun): SQL =>
  sql`(u.id is not distinct from ${run.requestedBy}::uuid or u.id in ${protectedPeople})`;

/**
 * What a staged line `r` asks for, by what the person `u` is here. A file without the status column adds the unknown
 * and updates the known.
 */
export const decide = (run: WorkedRun): SQL => sql`case
  when r.problem is not null then 'bad'
  when r.passed_over is not null then 'passed_over'
  when r.asked = 'delete' then case
    when u.id is null or u.status = 'deleted' then 'unknown_here'
    when u.status = 'suspended' then 'already_suspended'
    when ${isProtected(run)} then 'protected'
    when u.id in ${peopleAbove(run.requestedBy)} then 'outranks'
    else 'suspend' end
  when r.asked = 'activate' then case
    when u.id is null or u.status = 'deleted' then 'unknown_here'
    when u.status in ('not_invited', 'invited') then 'not_joined'
    when u.status = 'signed_up' then 'not_validated'
    when u.status = 'active' then 'already_active'
    when u.id in ${peopleAbove(run.requestedBy)} then 'outranks'
    else 'restore' end
  when ${hasColumn(run, "Groups") ? sql`joining.closed is not null` : sql`false`} then 'above'
  when u.id is null then ${
    run.options.createUnknown === true
      ? sql`'create'`
      : sql`case when r.asked = 'update' then 'unknown' else 'create' end`
  }
  when (r.asked = 'update' or r.asked is null) and u.status <> 'deleted' then
    case when changed.is ${hasColumn(run, "Groups") ? sql`or joining.names is not null` : sql``} then 'update' else 'same' end
  when u.status = 'deleted' then ${
    run.options.createUnknown === true
      ? sql`'revive'`
      : sql`case when r.asked = 'update' then 'unknown' else 'revive' end`
  }
  when u.status = 'not_invited' or (u.status = 'invited' and open_invitation.id is null) then 'invite'
  when u.status = 'invited' then 'already_invited'
  when u.status in ('signed_up', 'active') then 'already_user'
  else 'suspended' end`;
