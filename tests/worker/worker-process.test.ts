import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ownProgram } from "#bin/local/own-program.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const root = join(import.meta.dirname, "..", "..");
let roles: Roles;
let acme: TestAccount;
const children: ChildProcess[] = [];

beforeAll(async () => {
  roles = await openRoles();
  const { ROLLCALL_TOKEN_KEY = "", ROLLCALL_SECRET_KEYS } = roles.database.environment;
  process.env.ROLLCALL_SECRET_KEYS = ROLLCALL_SECRET_KEYS;
  acme = await roles.as("owner", () => makeAccount(ROLLCALL_TOKEN_KEY));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

afterAll(() => roles.end());

/** The process as `npm run start:worker` starts it. */
function startWorker(changes: Record<string, string> = {}) {
  const env = { ...roles.database.environment, ...changes };
  const child = spawn(process.execPath, ownProgram("worker/main.ts"), {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  return { child, output: () => output, ended: once(child, "exit") };
}

async function importFile(text: string): Promise<string> {
  const actor = ownerOf(acme);
  return roles.as("app", async () => {
    const bytes = (async function* () {
      yield Buffer.from(text);
    })();
    const upload = await acceptRoster(actor, { fileName: "people.csv", bytes });
    if (!upload.ok) throw new Error(upload.sentence);
    const run = await requestImport(actor, { uploadId: upload.uploadId, mode: "apply" });
    if (!run.ok) throw new Error(run.reason);
    return run.runId;
  });
}

const waiting = { timeout: 20_000 };

test("a file that was asked for becomes people, mails in the mailbox and a report; its pieces go", async () => {
  const worker = startWorker();
  const secret = "Zaphod-Beeblebrox";
  const runId = await importFile(
    `Email ID,First Name,User Status\r\nann@${acme.domain},${secret},New\r\nno address,${secret},New\r\n`,
  );
  const state = async () =>
    (await roles.sql`select state, tidied_at is not null as tidied from runs where id = ${runId}`)[0];
  await expect.poll(state, waiting).toEqual({ state: "completed", tidied: true });
  const mailbox = () => roles.sql`select recipient, state from emails where run_id = ${runId}`;
  await expect
    .poll(mailbox, waiting)
    .toEqual([{ recipient: `ann@${acme.domain}`, state: "in_local_mailbox" }]);
  const entries = await roles.sql`select outcome from run_entries where run_id = ${runId} order by position`;
  expect(entries.map((entry) => entry.outcome)).toEqual(["new", "failed"]);
  expect(await roles.sql`select 1 from upload_pieces`).toEqual([]);
  const [jobs] =
    await roles.sql`select count(*)::int as n from pgboss.job where data::text like ${`%${secret}%`}`;
  expect(jobs?.n).toBe(0);
  expect(worker.output()).not.toContain(secret);
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toEqual([0, null]);
});

test("SIGTERM with nothing to do ends it with 0 at once", async () => {
  const worker = startWorker();
  await expect.poll(worker.output, waiting).toContain('"msg":"working"');
  const asked = performance.now();
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(8_000);
});

test("SIGTERM in the middle of a run ends it after the next batch; another worker goes on at once", async () => {
  const rows = Array.from({ length: 30_000 }, (_, n) => `term${n}@${acme.domain},Update`);
  const runId = await importFile(`Email ID,User Status\n${rows.join("\n")}\n`);
  const look = async () => (await roles.sql`select state, lease, rows_read from runs where id = ${runId}`)[0];
  const worker = startWorker();
  await expect.poll(async () => (await look())?.rows_read, { ...waiting, interval: 5 }).toBeGreaterThan(0);
  const asked = performance.now();
  worker.child.kill("SIGTERM");
  expect(await worker.ended).toEqual([0, null]);
  expect(performance.now() - asked).toBeLessThan(8_000);
  const left = await look();
  expect(left?.lease).toBeNull();
  expect(left?.state).not.toBe("completed");
  startWorker();
  await expect.poll(async () => (await look())?.state, { timeout: 40_000 }).toBe("completed");
  const [entries] = await roles.sql`select count(*)::int as n from run_entries where run_id = ${runId}`;
  expect(entries?.n).toBe(30_000);
}, 60_000);

test("with settings missing or weak it names each and ends with 1", async () => {
  const worker = startWorker({
    WORKER_DATABASE_URL: "",
    ROLLCALL_TOKEN_KEY: "short",
    ROLLCALL_MODE: "production",
  });
  expect(await worker.ended).toEqual([1, null]);
  for (const fault of [
    "WORKER_DATABASE_URL is not set",
    "ROLLCALL_TOKEN_KEY must be",
    "MAIL_TRANSPORT local",
  ])
    expect(worker.output()).toContain(fault);
});

test("with a role that sees every account it refuses to start", async () => {
  const worker = startWorker({ WORKER_DATABASE_URL: roles.database.superUrl });
  expect(await worker.ended).toEqual([1, null]);
  expect(worker.output()).not.toContain('"msg":"working"');
});

test("without a database it ends with 1 and a word, and does not hang", async () => {
  const worker = startWorker({ WORKER_DATABASE_URL: "postgres://rollcall_worker:x@127.0.0.1:1/none" });
  expect(await worker.ended).toEqual([1, null]);
  expect(worker.output()).toContain("ECONNREFUSED");
});
