import { connect as connectSocket, type Socket } from "node:net";
import postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "#lib/db/connect.ts";
import { watchStalled } from "#lib/db/watch-stalled.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
  await roles.sql`create table held (n int primary key)`;
  await roles.sql`insert into held values (1)`;
  await roles.sql`grant select, update on held to public`;
});

afterAll(() => roles.end());

const bind = "B".charCodeAt(0);

/** A worker that holds a row and is paused between two messages of a statement: what it announced never comes. */
async function pausedWorker() {
  const url = new URL(roles.database.workerUrl);
  let paused = false;
  const socket = async (): Promise<Socket> => {
    const line = connectSocket(Number(url.port), url.hostname);
    await new Promise((resolve) => line.once("connect", resolve));
    const write = line.write.bind(line);
    line.write = ((chunk: Buffer, ...rest: []) =>
      paused && chunk[0] === bind ? true : write(chunk, ...rest)) as typeof line.write;
    return line;
  };
  const idle = { idle_in_transaction_session_timeout: 1_000 };
  const options = { max: 1, socket, connection: idle, onnotice: () => {} } as postgres.Options<
    Record<string, never>
  >;
  const worker = await postgres(roles.database.workerUrl, options).reserve();
  await worker`begin`;
  await worker`update held set n = n where n = 1`;
  paused = true;
  return worker`select ${1}::int`.then(
    () => "answered",
    (error: { code?: string }) => error.code,
  );
}

test("a row that a paused worker holds is free once another process has watched it for 6 s", async () => {
  const outcome = pausedWorker();
  // Postgres itself would never end it: three times its own time-out is over.
  const held =
    () => roles.sql`select 1 from pg_stat_activity where wait_event = 'ClientRead' and state = 'active'
    and backend_xid is not null and state_change < now() - interval '3 s'`;
  await expect.poll(held, { timeout: 10_000 }).toHaveLength(1);
  await expect(roles.sql`select n from held for update nowait`).rejects.toMatchObject({ code: "55P03" });
  const other = connect(roles.database.workerUrl, { max: 2 });
  const stopWatching = watchStalled(other.sql);
  const busy = other.sql.begin(async (tx) => {
    await tx`create temp table own ()`;
    return tx`select pg_sleep(12)`;
  });
  const began = performance.now();
  await roles.sql`select n from held for update`;
  expect(performance.now() - began).toBeGreaterThan(6_000);
  expect(await outcome).toMatch(/^(57P01|CONNECTION_CLOSED)$/);
  // Who works for long is not silent.
  expect(await busy).toHaveLength(1);
  stopWatching();
  await other.end();
}, 30_000);
