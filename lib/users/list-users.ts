import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf, pageOf, prefixEnd } from "#lib/db/keyset.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { UserStatus } from "./user-status.ts";

export type ListedUser = {
  id: string;
  email: string | null;
  firstName: string | null;
  lastName: string | null;
  title: string | null;
  department: string | null;
  status: UserStatus;
  source: string;
  createdAt: Date;
};

type View = { search?: string; status?: UserStatus; after?: string; before?: string };
type Listed = { users: ListedUser[]; previous: string | null; next: string | null; matching: Matching };

const pageSize = 50;

/** Newest first, 50 a page. `search` matches the beginning of an address, a first or a last name, or "first last". */
export async function listUsers(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, "users.view");
  const backwards = view.before !== undefined;
  const cursor = backwards
    ? sql`id > ${view.before}::uuid`
    : view.after
      ? sql`id < ${view.after}::uuid`
      : sql`true`;
  const where = sql`${statusIs(view.status)} and ${matches(view.search)}`;
  return withAccount(actor, async (tx) => {
    const found = await tx.execute<Record<string, string | null>>(sql`
      select id, email, first_name, last_name, title, department, source, created_at,
        case when email is null then 'pending_email_input' else status end as status
      from users where ${where} and ${cursor}
      order by account_id ${backwards ? sql`asc, id asc` : sql`desc, id desc`} limit ${pageSize + 1}`);
    const [counted] = await tx.execute<{ n: string }>(sql`
      select count(*) as n from (select from users where ${where} limit ${matchingCap + 1}) capped`);
    const page = pageOf([...found], pageSize, view, (row) => row.id as string);
    return { ...page, users: page.rows.map(toListedUser), matching: matchingOf(Number(counted?.n)) };
  });
}

function statusIs(status: UserStatus | undefined): SQL {
  if (!status) return sql`true`;
  if (status === "pending_email_input") return sql`email is null`;
  return sql`status = ${status} and email is not null`;
}

const mostWords = 6;

// A set of at most 10,001 ids first: a common beginning must not sort a million rows to show fifty.
function matches(search: string | undefined): SQL {
  const words = (search ?? "").trim().toLowerCase().split(/\s+/).filter(Boolean);
  const [first] = words;
  if (!first) return sql`true`;
  const whole = words.join(" ");
  // Postgres takes no NUL, so nobody's name has one.
  if (whole.includes("\0")) return sql`false`;
  // "first last", wherever a name of several words ends.
  const ranges = words
    .slice(1, mostWords)
    .map((_, at) => [words.slice(0, at + 1).join(" "), words.slice(at + 1).join(" ")] as const)
    .map(
      ([given, family]) =>
        sql`${begins(sql`first_name_key`, given)} and ${begins(sql`last_name_key`, family)}`,
    );
  if (words.length === 1) ranges.push(begins(sql`email_norm`, first));
  ranges.push(begins(sql`first_name_key`, whole), begins(sql`last_name_key`, whole));
  const parts = ranges.map((range) => sql`(select id from users where ${range} limit ${matchingCap + 1})`);
  return sql`id in (${sql.join(parts, sql` union `)})`;
}

const begins = (column: SQL, prefix: string) =>
  sql`${column} >= ${prefix} and ${column} < ${prefixEnd(prefix)}`;

const toListedUser = (row: Record<string, string | null>): ListedUser => ({
  id: row.id as string,
  email: row.email ?? null,
  firstName: row.first_name ?? null,
  lastName: row.last_name ?? null,
  title: row.title ?? null,
  department: row.department ?? null,
  status: row.status as UserStatus,
  source: row.source as string,
  createdAt: new Date(row.created_at as string),
});
