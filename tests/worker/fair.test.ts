import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownProgram } from "#bin/local/own-program.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { saveConnection } from "#lib/directory/save-connection.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { connectionTo, loopback } from "#tests/support/ldap/connection-to.ts";
import {
  type RunningDirectory,
  readerPassword,
  startDirectory,
} from "#tests/support/ldap/start-directory.ts";
import { makeAccount } from "#tests/support/make-account.ts";

const root = join(import.meta.dirname, "..", "..");
/** As many as are read at the same time by one worker. */
const readers = 4;

let roles: Roles;
let worker: ChildProcess;
const directories: RunningDirectory[] = [];
let isSilent = false;

beforeAll(async () => {
  roles = await openRoles();
  process.env.ROLLCALL_SECRET_KEYS = roles.database.environment.ROLLCALL_SECRET_KEYS;
  directories.push(await startDirectory({ fault: () => isSilent }), await startDirectory());
  worker = spawn(process.execPath, ownProgram("worker/main.ts"), {
    cwd: root,
    env: { ...roles.database.environment, ROLLCALL_ALLOW_NETWORKS: "127.0.0.0/8" },
    stdio: "ignore",
  });
});

afterAll(async () => {
  const ended = once(worker, "exit");
  worker.kill("SIGKILL");
  await ended;
  for (const directory of directories) await directory.stop();
  await roles.end();
});

/** An account of its own that is connected with the directory; asks for its sync. */
async function accountWith(directory: RunningDirectory | undefined): Promise<() => Promise<string>> {
  const { ROLLCALL_TOKEN_KEY = "" } = roles.database.environment;
  const actor = ownerOf(await roles.as("owner", () => makeAccount(ROLLCALL_TOKEN_KEY)));
  const connection = connectionTo(directory?.port ?? 0);
  const wish = { connector: "cloud" as const, connection, password: readerPassword, seen: 0 };
  await roles.as("app", () => saveConnection(actor, loopback, wish));
  return async () => {
    const asked = await roles.as("app", () => requestSync(actor, { mode: "apply", holdHours: 0 }));
    if (!asked.ok) throw new Error(asked.reason);
    return asked.runId;
  };
}

const stateOf = async (id: string) => (await roles.sql`select state from runs where id = ${id}`)[0]?.state;

test("the directory of one account is synced while those of others take for ever to be read", async () => {
  const asks: (() => Promise<string>)[] = [];
  for (let nth = 0; nth < readers - 1; nth += 1) asks.push(await accountWith(directories[0]));
  const askMine = await accountWith(directories[1]);
  isSilent = true;
  const others = await Promise.all(asks.map((ask) => ask()));
  const states = () => Promise.all(others.map(stateOf));
  await expect.poll(states, { timeout: 20_000 }).toEqual(others.map(() => "reading"));
  const mine = await askMine();
  await expect.poll(() => stateOf(mine), { timeout: 20_000 }).toBe("completed");
  expect(await states()).toEqual(others.map(() => "reading"));
}, 60_000);
