import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownProgram } from "#bin/local/own-program.ts";
import { readKeys, seal } from "#lib/secrets/seal.ts";
import type { CopiedDatabase } from "#tests/support/copy-template.ts";
import { testDatabase } from "#tests/support/test-database.ts";

const root = join(import.meta.dirname, "..", "..");
let copied: CopiedDatabase;
let sql: postgres.Sql;

beforeAll(async () => {
  copied = await testDatabase();
  sql = postgres(copied.superUrl, { max: 1, onnotice: () => {} });
  await rollcall("create-account", "acme", "Acme Works", "Acme.test", "works.test");
  await rollcall("create-account", "other", "Other", "other.test");
}, 60_000);

afterAll(async () => {
  await sql.end();
  await copied.drop();
});

type Told = { code: number; out: string; error: string };

/** The tool as an operator starts it. */
function rollcallWith(settings: Record<string, string>, ...args: string[]): Promise<Told> {
  const env = { ...copied.environment, ...settings };
  return new Promise((resolve) =>
    execFile(
      process.execPath,
      ownProgram("bin/rollcall.ts", ...args),
      { cwd: root, env },
      (failed, out, error) =>
        resolve({ code: failed ? Number(failed.code) : 0, out: out.trim(), error: error.trim() }),
    ),
  );
}
const rollcall = (...args: string[]) => rollcallWith({}, ...args);
const account = async (slug: string) => (await sql`select * from accounts where slug = ${slug}`)[0];
const events = async (slug: string) =>
  (
    await sql`select e.action, e.actor_kind, e.actor_name from audit_events e join accounts a on a.id = e.account_id
      where a.slug = ${slug} order by e.id`
  ).map((row) => [row.action, row.actor_kind, row.actor_name].join(" "));

describe("bad input is a sentence and exit code 1", () => {
  test.each([
    [[], "The operator's tool."],
    [["frobnicate"], "The operator's tool."],
    [["toString"], "The operator's tool."],
    [["create-account", "x"], "Usage: npm run rollcall -- create-account SLUG"],
    [["create-account", "NO", "Name", "a.test"], "NO is no slug"],
    [["create-account", "acme", "Acme", "a.test"], "There is an account acme already."],
    [["create-account", "third", "Third", "not a domain"], "not a domain is no domain."],
    [["create-account", "third", "Third", "ACME.test"], "verified in another account already"],
    [["add-owner", "nobody", "a@acme.test"], "There is no account nobody."],
    [["add-owner", "acme", "no address"], "no address is not an e-mail address."],
    [["sign-in-link", "acme", "stranger@acme.test"], "stranger@acme.test cannot sign in to acme by a link"],
    [["verify-domain", "other", "acme.test"], "The domain acme.test is verified in another account already."],
    [["verify-domain", "acme", "-"], "- is no domain."],
    [["restore-account", "acme"], "acme is not suspended."],
    [["set-seats", "acme", "-1"], "-1 is no number of seats"],
    [["set-seats", "acme"], "Usage: npm run rollcall -- set-seats SLUG NUMBER|none"],
    [["set-daily-mails", "acme", "many"], "many is no number of mails"],
    [["set-daily-mails", "acme"], "Usage: npm run rollcall -- set-daily-mails SLUG NUMBER|default"],
    [["set-billing", "acme", "weekly"], "Usage: npm run rollcall -- set-billing"],
    [["set-billing", "acme", "annual", "2026-02-30"], "2026-02-30 is no day"],
    [["list-queue", "acme"], "Usage: npm run rollcall -- list-queue"],
    [["audit", "check"], "Usage: npm run rollcall -- audit verify"],
  ])("%j", async (args, sentence) => {
    const told = await rollcall(...args);
    expect(told).toMatchObject({ code: 1, out: "" });
    expect(told.error).toContain(sentence);
    expect(told.error).not.toContain("    at ");
  });
});

test("an owner is added and signs in by the link that is printed", async () => {
  const told = await rollcall("add-owner", "acme", "ada@acme.test", "Ada", "Owner");
  expect(told.out).toMatch(
    /^ada@acme\.test is an owner of acme\. Sign in within 24 hours: http:\S+\/sign-in\/\S+$/,
  );
  expect((await rollcall("sign-in-link", "acme", "ada@acme.test")).out).toMatch(/^http:\S+\/sign-in\/\S+$/);
});

test("a domain is verified, once", async () => {
  expect((await rollcall("verify-domain", "acme", "third.test")).out).toBe(
    "third.test is verified for acme.",
  );
  expect((await rollcall("verify-domain", "acme", "third.test")).out).toContain("already");
});

test("seats and billing are set", async () => {
  expect((await rollcall("set-seats", "acme", "25")).out).toBe("acme has 25 seats, 0 of them taken.");
  expect((await rollcall("set-billing", "acme", "annual", "2026-11-01")).out).toContain(
    "annually, from 2026-11-01",
  );
  expect(await account("acme")).toMatchObject({ seat_limit: 25, billing_period: "annual" });
  expect((await rollcall("set-daily-mails", "acme", "5000")).out).toContain(
    "acme sends at most 5000 mails a day.",
  );
  expect(await account("acme")).toMatchObject({ daily_mail_cap: 5000 });
  expect((await rollcall("set-daily-mails", "acme", "default")).code).toBe(0);
  expect(await account("acme")).toMatchObject({ daily_mail_cap: null });
  expect((await rollcall("set-seats", "acme", "none")).code).toBe(0);
  expect(await account("acme")).toMatchObject({ seat_limit: null });
});

test("each of these is an event of the operator, and the list of accounts shows it", async () => {
  expect(await events("acme")).toEqual(
    expect.arrayContaining([
      "account.created system operator",
      "owner.added system operator",
      "domain.verified system operator",
      "seats.limit_changed system operator",
      "account.daily_mails_changed system operator",
      "account.changed system operator",
    ]),
  );
  const { out } = await rollcall("list-accounts");
  expect(out).toMatch(/^SLUG +NAME +STATE +OWNERS +SEATS +BILLING +DOMAINS\n/);
  expect(out).toMatch(
    /^acme +Acme Works +open +1 +no limit +annual from 2026-11-01 +acme.test third.test works.test$/m,
  );
});

test("the queue of all accounts is listed with place, state and worker, and who is suspended", async () => {
  expect((await rollcall("list-queue")).out).toBe("No run is open.\n\nNo mail waits.");
  for (const slug of ["other", "acme"])
    await sql`insert into runs (account_id, kind, mode, trigger, state, requested_by_name, lease, lease_until)
      select id, 'import', 'apply', 'manual', 'reading', 'Ada', uuid_v7(), now() + interval '1 hour' from accounts where slug = ${slug}`;
  await sql`insert into emails (account_id, key, kind, recipient, subject_id)
    select id, 'k', 'sign_in_link', 'a@b.test', ${randomUUID()} from accounts where slug = 'acme'`;
  expect((await rollcall("suspend-account", "acme")).out).toContain(
    "Waiting until it is restored: 1 runs, 1 mails.",
  );
  const { out } = await rollcall("list-queue");
  expect(out).toMatch(/^1 +other +import +reading +\S+ \S+ +until \S+ \S+ +[0-9a-f-]{36}$/m);
  expect(out).toMatch(/^2 +acme +import +reading +\S+ \S+ +account suspended +[0-9a-f-]{36}$/m);
  expect(out).toMatch(/^acme +1 +0 +0 +account suspended$/m);
  expect((await rollcall("restore-account", "acme")).out).toBe(
    "acme is open again. Going on: 1 runs, 1 mails.",
  );
});

test("rotate-keys seals anew under the first key, can be run again, and says what older keys are for", async () => {
  const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
  const [old, fresh, chained] = [key("old"), key("fresh"), key("chained")];
  const accountId = (await account("other"))?.id as string;
  const sealed = async (keys: string) => {
    const id = randomUUID();
    const value = seal(readKeys(keys), Buffer.from("upload key"), `upload-key ${accountId} ${id}`);
    await sql`insert into uploads (account_id, id, file_name, state, sealed_key)
      values (${accountId}, ${id}, 'f.csv', 'complete', ${value})`;
  };
  await sealed(old);
  const connection = randomUUID();
  const secret = seal(readKeys(old), Buffer.from("s3cret"), `sso_connections:${accountId}:${connection}`);
  await sql`insert into sso_connections (account_id, id, name, issuer, client_id, sealed_secret)
    values (${accountId}, ${connection}, 'Other', 'https://id.test', 'c', ${secret})`;
  const [event] = await sql`select id from audit_events where account_id = ${accountId} limit 1`;
  await sql`insert into audit_chain (account_id, position, event_id, key_id, hash)
    values (${accountId}, 1, ${event?.id}, 'chained', 'x')`;
  const keys = { ROLLCALL_SECRET_KEYS: [fresh, old, chained].join(",") };
  const first = await rollcallWith(keys, "rotate-keys");
  expect(first.out).toBe(
    [
      "Sealed anew under fresh: 2.",
      "Still needed: chained. Events of other were chained under it, and without it that part cannot be verified.",
      "No longer needed: old.",
    ].join("\n"),
  );
  expect((await rollcallWith(keys, "rotate-keys")).out).toContain("Sealed anew under fresh: 0.");
  const [now] = await sql`select sealed_secret from sso_connections where id = ${connection}`;
  expect(now?.sealed_secret).toMatch(/^fresh\./);
  await sealed(key("lost"));
  const lost = await rollcallWith(keys, "rotate-keys");
  expect(lost).toMatchObject({ code: 1 });
  expect(lost.out).toContain('1 sealed under "lost"');
});

test("audit verify says of each account whether its chain is whole, and ends with 1 where it is not", async () => {
  await sql`alter table audit_chain disable trigger user`;
  await sql`delete from audit_chain`;
  const whole = await rollcall("audit", "verify");
  expect(whole.out).toMatch(/^acme: whole\. \d+ events, 0 sealed, \d+ waiting for their seal\./m);
  expect(whole.code).toBe(0);
  await sql`insert into audit_chain (account_id, position, event_id, key_id, hash)
    select a.id, 1, e.id, 'k', 'forged' from accounts a join audit_events e on e.account_id = a.id
    where a.slug = 'acme' limit 1`;
  const broken = await rollcall("audit", "verify", "acme");
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(/^acme: BROKEN/);
});
