import { type SQL, sql } from "drizzle-orm";
import { matchingCap, prefixEnd } from "#lib/db/keyset.ts";
import type { UserStatus } from "./user-status.ts";

/** What of the list of people is looked at. */
export type UsersFilter = {
  /** The beginning of an address, a first or a last name, or "first last". */
  search?: string | undefined;
  status?: UserStatus | undefined;
  managed?: boolean | undefined;
};

/** Of `users`. A search looks no further than `most` people; one for all of them has no end. */
export function usersWhere(
  { search, status, managed }: UsersFilter,
  most: number | "all" = matchingCap + 1,
): SQL {
  const isManaged = managed === undefined ? sql`true` : managed ? sql`managed` : sql`not managed`;
  return sql`${statusIs(status)} and ${isManaged} and ${matches(search, most)}`;
}

function statusIs(status: UserStatus | undefined): SQL {
  if (!status) return sql`true`;
  if (status === "pending_email_input") return sql`email is null`;
  return sql`status = ${status} and email is not null`;
}

const mostWords = 6;

// A set of at most 10,001 ids first: a common beginning must not sort a million rows to show fifty.
function matches(search: string | undefined, most: number | "all"): SQL {
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
  const limit = most === "all" ? sql`` : sql`limit ${most}`;
  const parts = ranges.map((range) => sql`(select id from users where ${range} ${limit})`);
  return sql`id in (${sql.join(parts, sql` union `)})`;
}

const begins = (column: SQL, prefix: string) =>
  sql`${column} >= ${prefix} and ${column} < ${prefixEnd(prefix)}`;
