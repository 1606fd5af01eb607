import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { seesInvitations } from "./who-sees-invitations.ts";

const most = 200;

/** Names of departments in their order, at most 200: from one to the next by the index, however many people they have. */
export async function listDepartments(actor: Actor): Promise<string[]> {
  authorize(actor, seesInvitations);
  const [rows] = await readAccount<[{ department: string }]>(
    actor,
    sql`
      with recursive one as (
        (select department, 1 as n from users where account_id = ${actor.accountId} and department is not null
          order by department limit 1)
        union all
        select (select u.department from users u where u.account_id = ${actor.accountId} and u.department > one.department
          order by u.department limit 1), n + 1
        from one where one.department is not null and n < ${most})
      select department from one where department is not null`,
  );
  return rows.map(({ department }) => department);
}
