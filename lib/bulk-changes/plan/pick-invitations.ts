import { type SQL, sql } from "drizzle-orm";
import { matchingInvitations } from "#lib/invitations/matching-invitations.ts";
import type { WorkedRun } from "#lib/runs/run-kind.ts";
import type { PickedInvitations } from "../request-invitation-change.ts";
import { countPicked } from "./pick-people.ts";

/** Puts the picked invitations into the staging in one statement, the newest first, however many they are. */
export const pickInvitations = (run: WorkedRun): SQL[] => [
  sql`set local statement_timeout = '5min'`,
  sql`
    insert into run_rows (account_id, run_id, position, line, email, asked, user_id, invitation_id)
    select ${run.accountId}::uuid, ${run.id}::uuid, n, n, email, ${String(run.options.action)}, user_id, id
    from (select i.id, i.email, i.user_id, row_number() over (order by i.id desc) as n
      ${picked(run.accountId, run.options as PickedInvitations)}) picked`,
  countPicked(run),
];

const picked = (accountId: string, picked: PickedInvitations): SQL =>
  "invitations" in picked
    ? sql`from invitations i where i.account_id = ${accountId} and i.id = any (${sql.param(picked.invitations)}::uuid[])`
    : matchingInvitations(picked.filter, { accountId, all: true }).found;
