import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import postgres from "postgres";
import type { AppUnderTest } from "#tests/support/app-under-test.ts";
import { expect, test } from "#tests/support/journey.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";
import { sendFile } from "#tests/support/send-file.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";

const header = Buffer.from("Email ID,First Name\r\n");

function* rows(account: TestAccount, mebibytes: number): Generator<Buffer> {
  yield header;
  const line = (row: number) => `u${row}@${account.domain},José ${row}\r\n`;
  for (let sent = 0, row = 0; sent < mebibytes * 2 ** 20; ) {
    const chunk = Buffer.from(Array.from({ length: 2000 }, () => line(row++)).join(""));
    sent += chunk.length;
    yield chunk;
  }
}

const target = async (app: AppUnderTest, account: TestAccount) => ({
  url: app.url,
  account,
  cookie: await sessionCookie(account, app.environment),
});

async function withBook<T>(app: AppUnderTest, look: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(app.database.superUrl, { max: 1, onnotice: () => {} });
  return look(sql).finally(() => sql.end());
}

const leftOf = (app: AppUnderTest, account: TestAccount) =>
  withBook(app, async (sql) => {
    const [left] = await sql`select
      (select count(*)::int from uploads where account_id = ${account.id}) as uploads,
      (select count(*)::int from upload_pieces where account_id = ${account.id}) as pieces,
      (select count(*)::int from runs where account_id = ${account.id}) as runs`;
    return left;
  });

const nothing = { uploads: 0, pieces: 0, runs: 0 };

test("a file far over 10 MB is stored as it was sent", async ({ app, account }) => {
  const hash = createHash("sha256");
  let size = 0;
  const sent = function* () {
    for (const chunk of rows(account, 25)) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
  };
  const answer = await sendFile({ ...(await target(app, account)), mode: "check" }, sent());
  expect(answer.status).toBe(303);
  const run = answer.location?.match(/\/enrollment\/import\?run=(.+)$/)?.[1] ?? "";
  const [stored] = await withBook(
    app,
    (sql) => sql`
    select u.size::float8, u.sha256, r.mode from runs r join uploads u on u.id = r.upload_id where r.id = ${run}`,
  );
  expect(stored).toEqual({ size, sha256: hash.digest("hex"), mode: "check" });
});

for (const [name, bytes, sentence] of [
  ["an empty file", [], "The file is empty"],
  ["a JPEG", [Buffer.from("ffd8ffe000104a464946", "hex")], "a JPEG picture"],
  ["a file without a header", [Buffer.from("bob@acme.test,Bob\neve@acme.test,Eve\n")], "no Email ID column"],
] as const) {
  test(`${name} is refused with a sentence on the page`, async ({ app, account }) => {
    const answer = await sendFile(await target(app, account), bytes);
    expect(answer.status).toBe(303);
    expect(answer.location).toBe(`/a/${account.slug}/enrollment/import`);
    expect(answer.flash).toContain(sentence);
    expect(await leftOf(app, account)).toEqual(nothing);
  });
}

test("one endless line and a file of 600 MB are refused, and the browser hears of it", async ({
  app,
  account,
}) => {
  test.setTimeout(240_000);
  const filler = Buffer.alloc(2 ** 20, "x");
  const endless = Array.from({ length: 30 }, () => filler);
  const line = await sendFile(await target(app, account), [Buffer.from("Email ID"), ...endless]);
  expect(line.flash).toContain("longer than 64 KiB");
  const lines = Buffer.alloc(2 ** 20, "bob@acme.test\n");
  const huge = await sendFile(await target(app, account), [
    header,
    ...Array.from({ length: 573 }, () => lines),
  ]);
  expect(huge.flash).toContain("larger than 512 MiB");
  expect(await leftOf(app, account)).toEqual(nothing);
});

test("only a page of this deployment, only who is signed in, only in the own account", async ({
  app,
  account,
}) => {
  const own = await target(app, account);
  const file = [header, Buffer.from("bob@acme.test,Bob\n")];
  expect((await sendFile({ ...own, origin: "https://evil.test" }, file)).status).toBe(403);
  expect((await sendFile({ ...own, origin: "null" }, file)).status).toBe(403);
  expect((await sendFile({ ...own, origin: null }, file)).status).toBe(403);
  expect(await sendFile({ ...own, cookie: "" }, file)).toMatchObject({ status: 303, location: "/sign-in" });
  const other = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "");
  expect((await sendFile({ ...own, account: other }, file)).status).toBe(404);
  expect(await leftOf(app, account)).toEqual(nothing);
});

test("nothing is left when the browser goes away in the middle", async ({ app, account }) => {
  const leave = new AbortController();
  const sent = async function* () {
    for (const chunk of rows(account, 8)) yield chunk;
    await expect.poll(async () => (await leftOf(app, account))?.pieces).toBeGreaterThan(3);
    leave.abort();
  };
  await expect(sendFile(await target(app, account), sent(), leave.signal)).rejects.toThrow();
  await expect.poll(() => leftOf(app, account), { timeout: 20_000 }).toEqual(nothing);
  expect((await sendFile(await target(app, account), rows(account, 1))).location).toContain("?run=");
});

test("two uploads of one file at once are two runs", async ({ app, account }) => {
  const own = await target(app, account);
  const both = await Promise.all([sendFile(own, rows(account, 2)), sendFile(own, rows(account, 2))]);
  expect(new Set(both.map(({ location }) => location)).size).toBe(2);
});

test("the database going away in the middle is told with a reference, and the process lives", async ({
  app,
  account,
}) => {
  const own = await target(app, account);
  const sent = async function* () {
    yield* rows(account, 5);
    await setReachable(app, false);
    yield* rows(account, 5);
  };
  const answer = await sendFile(own, sent()).finally(() => setReachable(app, true));
  expect(answer.status).toBe(503);
  expect(answer.body).toContain("Nothing was changed");
  const reference = answer.body.match(/<code>([0-9a-f-]{36})<\/code>/)?.[1] ?? "no reference";
  expect(readFileSync(`${app.logFolder}/web.log`, "utf8")).toContain(reference);
  await expect.poll(() => leftOf(app, account), { timeout: 30_000 }).toEqual(nothing);
  expect((await sendFile(own, rows(account, 1))).location).toContain("?run=");
});

/** For the web process, and of this application's database only: the cluster serves other tests as well. */
async function setReachable(app: AppUnderTest, reachable: boolean): Promise<void> {
  const admin = new URL(app.database.superUrl);
  admin.pathname = "/postgres";
  const sql = postgres(admin.href, { max: 1, onnotice: () => {} });
  await sql`update pg_database set datallowconn = ${reachable} where datname = ${app.database.name}`;
  if (!reachable)
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = ${app.database.name} and application_name = 'rollcall web'`;
  await sql.end();
}
