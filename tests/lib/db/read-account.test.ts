import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { askPrepared } from "#lib/db/ask-prepared.ts";
import { database } from "#lib/db/database.ts";
import { readAccount, readAccountByKey } from "#lib/db/read-account.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

const [mine, other] = ["0190a000-0000-7000-8000-000000000001", "0190a000-0000-7000-8000-000000000002"];
let roles: Roles;

beforeAll(async () => {
  roles = await openRoles({ app: 2 });
  for (const id of [mine, other])
    await roles.sql`insert into accounts (id, slug, name) values (${id}, ${`slug-${id.slice(-2)}`}, 'Account')`;
});

afterAll(() => roles.end());

const idsOf = (accountId: string) =>
  roles.as("app", () =>
    readAccount<[{ id: string }, { n: number }]>(
      { accountId },
      sql`select id from accounts where name = ${"Account"}`,
      sql`select ${7}::int as n`,
    ),
  );

const codeOf = (work: Promise<unknown>): Promise<string | undefined> =>
  work.then(
    () => undefined,
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );

test("each reads the rows of its account alone, however many at once and on the same connections", async () => {
  const accounts = Array.from({ length: 24 }, (_, at) => (at % 3 === 0 ? other : mine));
  const answers = await Promise.all(accounts.map(idsOf));
  expect(answers.map(([found]) => found.map(({ id }) => id))).toEqual(accounts.map((id) => [id]));
  expect(answers.every(([, [row]]) => row?.n === 7)).toBe(true);
  await roles.as("app", async () => {
    const byKey = await readAccountByKey<[{ id: string }]>(
      { accountId: other },
      sql`select id from accounts`,
    );
    expect(byKey[0]).toEqual([{ id: other }]);
    const left = sql`select current_setting('app.account_id', true) as account, current_setting('plan_cache_mode') as mode,
      current_setting('enable_seqscan') as seqscan`;
    const all = await Promise.all([1, 2].map(() => askPrepared(database().sql, left)));
    expect(all.flat()).toEqual(Array(2).fill({ account: "", mode: "auto", seqscan: "on" }));
  });
});

test("it writes nothing, and takes no account that is no id", async () => {
  const writing = (accountId: string) =>
    roles.as("app", () => readAccount({ accountId }, sql`update accounts set name = 'Mine' returning id`));
  expect(await codeOf(writing(mine))).toBe("25006");
  await expect(writing("x', true); drop table users; --")).rejects.toThrow("no uuid");
  expect((await idsOf(mine))[0]).toEqual([{ id: mine }]);
});

test("a query that fails is told without its values, and what is asked next is answered", async () => {
  for (let times = 0; times < 4; times += 1) {
    const failing = roles.as("app", () =>
      readAccount({ accountId: mine }, sql`select ${"ada@acme.test"}::jsonb`),
    );
    expect(await codeOf(failing)).toBe("22P02");
    await expect(failing).rejects.not.toThrow("ada@");
  }
  expect((await idsOf(mine))[0]).toEqual([{ id: mine }]);
});

test("when its connection is cut it fails, and the process and the places in the pool live", async () => {
  const cut = roles.as("app", () =>
    readAccount({ accountId: mine }, sql`select pg_sleep(20), ${1}::int as marked`),
  );
  const ended = codeOf(cut);
  await expect
    .poll(
      () => roles.sql`select pg_terminate_backend(pid) from pg_stat_activity
        where state = 'active' and query like '%marked%' and pid <> pg_backend_pid()`,
      { timeout: 10_000 },
    )
    .toHaveLength(1);
  expect(await ended).toMatch(/^(CONNECTION_CLOSED|57P01|ECONNRESET)$/);
  // postgres.js tells of the loss once more, to the first who gets the place; nobody is to hear of it.
  const answers = await Promise.all(Array.from({ length: 10 }, () => idsOf(other)));
  expect(answers.every(([found]) => found[0]?.id === other)).toBe(true);
});

// Postgres refuses the prepared statement then, and the transaction is lost with it.
test("a table that changed its shape meanwhile is read anew, and not as if it were empty", async () => {
  const read = () =>
    roles.as("app", () => readAccount({ accountId: mine }, sql`select a.* from accounts a where ${1} = 1`));
  for (let times = 0; times < 3; times += 1) expect(await read()).toMatchObject([[{ id: mine }]]);
  await roles.sql`alter table accounts add column grown text default 'yes'`;
  for (let times = 0; times < 3; times += 1)
    expect(await read()).toMatchObject([[{ id: mine, grown: "yes" }]]);
});
