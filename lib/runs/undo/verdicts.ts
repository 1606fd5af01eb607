import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "../run-kind.ts";
import { verdictCases } from "../verdict-cases.ts";

const stuck = "(select string_agg(initcap(replace(f, '_', ' ')), ', ') from unnest(d.stuck) f)";
const someStuck = "coalesce(cardinality(d.stuck), 0) > 0";

/** What is told of each verdict of `decideUndo`; the reason is a piece of SQL over the decided line `d`. */
const verdicts = {
  delete: ["deleted", "'Was added by that import; taken out again.'"],
  update: [
    "updated",
    `'Put back as before that import' || case when ${someStuck} then ', but for what was changed since: ' || ${stuck} else '' end || '.'`,
  ],
  uninvite: [
    "updated",
    `'Was invited by that import; the invitation is revoked.' || case when ${someStuck} then ' Left, for it was changed since: ' || ${stuck} || '.' else '' end`,
  ],
  restore: ["activated", "'Was deleted by that import; restored.'"],
  suspend: ["deleted", "'Was activated by that import; suspended again.'"],
  same: ["unchanged", "'Is as before that import already.'"],
  gone: ["skipped", "'Is no longer here.'"],
  joined: ["skipped", "'Has joined since that import; left as they are.'"],
  has_role: ["skipped", "'Is an administrator, or the person who asks; left as they are.'"],
  changed: [
    "skipped",
    `'Changed since that import; left as they are' || case when ${someStuck} then ': ' || ${stuck} else '' end || '.'`,
  ],
} as const;

const told = verdictCases(verdicts);
export const outcomeOf: SQL = told.outcome;
export const reasonOf: SQL = told.reason;

// Once for the statement, not once a person.
const isProtected = (run: WorkedRun): SQL => sql`(d.user_id = ${run.requestedBy}::uuid or d.user_id in (
  select g.user_id from role_holders g where g.account_id = ${run.accountId}))`;

/** By what the run did to the person (`did`), and what they are now. */
export const decideUndo = (run: WorkedRun): SQL => sql`case
  when d.known is null then 'gone'
  when d.did = 'create' then case
    when d.status in ('signed_up', 'active') then 'joined'
    when ${isProtected(run)} then 'has_role'
    when d.version <> 1 then 'changed'
    else 'delete' end
  when d.did = 'suspend' then case
    when d.status = d.before->>'status' then 'same'
    when d.status <> 'suspended' or d.version <> d.version_before + 1 then 'changed'
    else 'restore' end
  when d.did = 'restore' then case
    when d.status = 'suspended' then 'same'
    when ${isProtected(run)} then 'has_role'
    when d.version <> d.version_before + 1 then 'changed'
    else 'suspend' end
  when d.invitation_id is not null and d.status in ('signed_up', 'active') then 'joined'
  when d.status = 'invited' and d.invitation = 'open' then 'uninvite'
  when d.invitation_id is not null and d.status <> d.before->>'status' then 'changed'
  when cardinality(d.back) > 0 or d.leaves is not null then 'update'
  when cardinality(d.stuck) > 0 then 'changed'
  else 'same' end`;
