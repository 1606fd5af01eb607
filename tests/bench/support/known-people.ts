import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import type { BenchDatabase } from "./bench-database.ts";
import { withSuperuser } from "./final-rows.ts";
import { badEvery, fileColumns, fileDomain, type PeopleFile } from "./people-file.ts";

/**
 * Those whom the good lines of a file change or remove, as active people with another title and department, each with the
 * invitation that they accepted; and so many `others`, of whom the file says nothing.
 */
export const addKnownPeople = (database: BenchDatabase, file: PeopleFile, others = 0): Promise<void> =>
  withSuperuser(database, async (sql) => {
    const account = `'${database.actor.accountId}'::uuid`;
    const listed = fileColumns.map((name) => `${name} text`).join(", ");
    await sql.unsafe(`create temp table listed (nth integer generated always as identity, ${listed})`);
    const copy = sql.unsafe(`copy listed (${fileColumns.join(", ")}) from stdin (format csv, header true)`);
    await pipeline(createReadStream(file.path), await copy.writable());
    // In no order of the file's, as people who came over years.
    await sql.unsafe(`
      insert into users (account_id, email, first_name, last_name, alternate_id, work_phone, title, department,
        status, email_validation, source)
      select ${account}, email, first_name, last_name, alternate_id, work_phone, 'Junior ' || title, 'Old ' || department,
        'active', 'validated', 'import'
      from (
        select * from listed where asked in ('Update', 'Delete') and nth % ${badEvery} <> 0 union all
        select n, 'other.person' || n || '@${fileDomain}', 'Other', 'Person', 'O' || n, '555-' || n, 'Clerk', 'Sales', null
        from generate_series(1, ${others}) n) people
      order by md5(email)`);
    await sql.unsafe(`
      insert into invitations (account_id, user_id, email, state, source, expires_at, ended_at)
      select account_id, id, email, 'accepted', 'import', now() + interval '14 days', now() from users
      where account_id = ${account} and source = 'import'`);
    await sql`vacuum analyze users`;
    await sql`vacuum analyze invitations`;
  });
