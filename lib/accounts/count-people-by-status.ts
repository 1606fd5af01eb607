import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { type UserStatus, userStatuses } from "#lib/users/user-status.ts";

const withAddress = Object.keys(userStatuses).filter((status) => status !== "pending_email_input");

export type PeopleByStatus = Record<UserStatus, Matching>;

/**
 * People of the account by status, each told exactly up to the cap of lists: counting a million takes a second.
 * `pending_email_input` are those without an address.
 */
export async function countPeopleByStatus(actor: Actor): Promise<PeopleByStatus> {
  authorize(actor, "users.view");
  const most = matchingCap + 1;
  // By status alone the index has the answer; who has no address is taken off, while they are few enough to be counted.
  // Without an order a status that nobody has is looked for in every row there is.
  const inOrder = sql`order by u.account_id, u.status, u.id`;
  const [rows] = await readAccount<[{ status: UserStatus; people: string }]>(
    actor,
    sql`
      with addressless as materialized (select status from users where email is null limit ${most}),
      pending as materialized (select count(*) as people from addressless)
      select s.status, case when p.people < ${most}
        then (select count(*) from (select from users u where u.status = s.status ${inOrder} limit ${most} + a.people) capped) - a.people
        else (select count(*) from (select from users u where u.status = s.status and u.email is not null ${inOrder} limit ${most}) capped)
        end as people
      from pending p, unnest(${sql.param(withAddress)}::text[]) as s(status),
        lateral (select count(*) as people from addressless where addressless.status = s.status) a
      union all
      select 'pending_email_input', people from pending`,
  );
  const counts = rows.map((row) => [row.status, matchingOf(Number(row.people))] as const);
  return Object.fromEntries(counts) as PeopleByStatus;
}
