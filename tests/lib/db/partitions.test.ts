import { afterAll, beforeAll, expect, test } from "vitest";
import { accountLess } from "#lib/db/account-less.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

const partitions = async () =>
  (
    await roles.sql<{ name: string }[]>`
      select relname as name from pg_class where relispartition and relkind = 'r' and relname like 'run\\_%' order by 1`
  ).map((row) => row.name);

test("making the months ahead again, and from four workers at once, makes nothing twice", async () => {
  const before = await partitions();
  expect(before).toHaveLength(2 * 5);
  const ensure = () => roles.as("worker", () => accountLess.ensureRunPartitions(3));
  await Promise.all([ensure(), ensure(), ensure(), ensure()]);
  expect(await partitions()).toEqual(before);
});

test("a later month is made with row-level security, and takes the rows of its runs", async () => {
  await roles.as("worker", () => accountLess.ensureRunPartitions(5));
  expect(await partitions()).toHaveLength(2 * 7);
  const [open] = await roles.sql`select count(*)::int as n from pg_class
    where relispartition and relkind = 'r' and relname like 'run\\_%' and not (relrowsecurity and relforcerowsecurity)`;
  expect(open?.n).toBe(0);
});

test("a run of any moment of the next three months has a place for its report", async () => {
  const moments = await roles.sql<{ at: string }[]>`
    select (date_trunc('month', now() at time zone 'UTC') + make_interval(months => m) + o) at time zone 'UTC' as at
    from generate_series(0, 3) m, unnest(array['0', '1 month -1 ms', '14 days']::interval[]) o`;
  expect(moments).toHaveLength(12);
  for (const { at } of moments) {
    await roles.sql`insert into run_entries (account_id, run_id, position, line, outcome)
      values (uuid_v7(), uuid_v7_floor(${at}), 1, 2, 'new')`;
    await roles.sql`insert into run_changes (account_id, run_id, position, user_id, action)
      values (uuid_v7(), uuid_v7_floor(${at}), 1, uuid_v7(), 'create')`;
  }
});
