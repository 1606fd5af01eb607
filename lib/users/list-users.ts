import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf, pageOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import type { UserStatus } from "./user-status.ts";
import { type UsersFilter, usersWhere } from "./users-where.ts";

export type ListedUser = {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  department: string | null;
  status: UserStatus;
  source: string;
  managed: boolean;
  createdAt: Date;
};

type View = UsersFilter & { after?: string | undefined; before?: string | undefined };
type Listed = { users: ListedUser[]; previous: string | null; next: string | null; matching: Matching };

const pageSize = 50;

/** Newest first, 50 a page. */
export async function listUsers(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, "users.view");
  const backwards = view.before !== undefined;
  const cursor = backwards
    ? sql`id > ${view.before}::uuid`
    : view.after
      ? sql`id < ${view.after}::uuid`
      : sql`true`;
  const where = usersWhere(view);
  const [found, [counted]] = await readAccount<[Row, { n: string }]>(
    actor,
    sql`
      select id, email, first_name, last_name, title, department, source, managed, created_at,
        case when email is null then 'pending_email_input' else status end as status
      from users where ${where} and ${cursor}
      order by account_id ${backwards ? sql`asc, id asc` : sql`desc, id desc`} limit ${pageSize + 1}`,
    sql`
      select count(*) as n from (select from users where ${where} limit ${matchingCap + 1}) capped`,
  );
  const page = pageOf(found, pageSize, view, (row) => row.id);
  return { ...page, users: page.rows.map(toListedUser), matching: matchingOf(Number(counted?.n)) };
}

type Row = Record<"email" | "first_name" | "last_name" | "title" | "department", string | null> & {
  id: string;
  status: UserStatus;
  source: string;
  managed: boolean;
  created_at: string;
};

const toListedUser = (row: Row): ListedUser => ({
  id: row.id,
  email: row.email,
  firstName: row.first_name,
  lastName: row.last_name,
  title: row.title,
  department: row.department,
  status: row.status,
  source: row.source,
  managed: row.managed,
  createdAt: new Date(row.created_at),
});
