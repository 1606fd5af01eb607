import { type SQL, sql } from "drizzle-orm";
import type { WorkedRun } from "../run-kind.ts";
import { verdictCases } from "../verdict-cases.ts";

const stuck = "(select string_agg(initcap(replace(f, '_', ' ')), ', ') from unnest(d.stuck) f)";
const someStuck = "coalesce(cardinality(d.stuck), 0) > 0";

const stays =
  "case when d.stays is not null then ' Stays in ' || array_to_string(d.stays, ', ') || ', which gives a role.' else '' end";

const uninvited =
  "case when 'email' = any (d.back) and 'invited' in (d.status, d.before->>'status') then ' Not invited under that address any more: invite them again.' else '' end";

/** What is told of each verdict of `decideUndo`; the reason is a piece of SQL over the decided line `d`. */
const verdicts = {
  delete: ["deleted", "'Was added by that import; taken out again.'"],
  update: [
    "updated",
    `'Put back as before that import' || case when ${someStuck} then ', but for what was changed since: ' || ${stuck} else '' end || '.' || ${uninvited} || ${stays}`,
  ],
  uninvite: [
    "updated",
    `'Was invited by that import; the invitation is revoked.' || case when ${someStuck} then ' Left, for it was changed since: ' || ${stuck} || '.' else '' end || ${stays}`,
  ],
  restore: ["activated", "'Was deleted by that import; restored.'"],
  suspend: ["deleted", "'Was activated by that import; suspended again.'"],
  unbring: ["deleted", "'Had been deleted, and was brought again by that import; suspended.'"],
  unmanage: ["updated", "'Was made managed by that import; made unmanaged again.'"],
  manage: ["updated", "'Was made unmanaged by that import; made managed again.'"],
  not_active: ["skipped", "'Not Active any more: only Active people can be managed.'"],
  same: ["unchanged", `'Is as before that import already.' || ${stays}`],
  resent: ["skipped", "'Was invited before that import; its mail cannot be taken back.'"],
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
/** What was undone was a file, or something else, and is called so. */
export const reasonOf = (run: WorkedRun): SQL => sql`replace(${told.reason}, 'that import', case (
  select o.kind from runs o where o.account_id = ${run.accountId} and o.id = ${run.undoes})
  when 'import' then 'that import' when 'bulk_invite' then 'that bulk invite' when 'directory_sync' then 'that sync' else 'that change' end)`;

// Once for the statement, not once a person.
const isProtected = (run: WorkedRun): SQL => sql`(d.user_id = ${run.requestedBy}::uuid or d.user_id in (
  select g.user_id from role_holders g where g.account_id = ${run.accountId}))`;

/** By what the run did to the person (`did`), and what they are now. */
export const decideUndo = (run: WorkedRun): SQL => sql`case
  when d.known is null then 'gone'
  when d.did = 'resend' then 'resent'
  when d.did = 'manage' then case
    when not d.managed then 'same'
    -- Whom somebody has made managed again since is theirs to decide about.
    when not exists (select from managed_spans s where s.account_id = d.account_id and s.user_id = d.user_id
      and s.managed_to is null and s.run_id = ${run.undoes}::uuid) then 'changed'
    else 'unmanage' end
  when d.did = 'unmanage' then case
    when d.managed then 'same'
    when d.status <> 'active' then 'not_active'
    else 'manage' end
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
  -- Had been deleted here, and was brought again by a sync.
  when d.did = 'update' and d.invitation_id is null and d.before->>'status' = 'deleted' then case
    when d.status in ('suspended', 'deleted') then 'same'
    when d.status in ('signed_up', 'active') then 'joined'
    when ${isProtected(run)} then 'has_role'
    when d.version <> d.version_before + 1 then 'changed'
    else 'unbring' end
  when d.invitation_id is not null and d.status in ('signed_up', 'active') then 'joined'
  when d.status = 'invited' and d.invitation = 'open' then 'uninvite'
  when d.invitation_id is not null and d.status <> d.before->>'status' then 'changed'
  when cardinality(d.back) > 0 or d.leaves is not null then 'update'
  when cardinality(d.stuck) > 0 then 'changed'
  else 'same' end`;
