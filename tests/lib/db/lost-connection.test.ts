import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles({ app: 2 });
});

afterAll(() => roles.end());

const scope = { accountId: randomUUID() };
const gone = { code: expect.stringMatching(/^(CONNECTION_CLOSED|57P01|25P03|ECONNRESET)$/) };

async function pidOf(tx: Transaction): Promise<number> {
  const [row] = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
  return row?.pid ?? 0;
}

async function terminate(pid: number): Promise<void> {
  await roles.sql`select pg_terminate_backend(${pid}, 5000)`;
}

const codeOf = async (work: Promise<unknown>) => {
  const error = (await work.then(
    () => null,
    (reason: unknown) => reason,
  )) as { code?: string; cause?: { code?: string } } | null;
  return { code: error?.cause?.code ?? error?.code };
};

// postgres.js alone would end the process here: it writes its ROLLBACK to the socket that is no more.
test("a transaction whose connection is cut under a statement fails, and the process lives", async () => {
  const cut = roles.as("app", () =>
    withAccount(scope, async (tx) => {
      const pid = await pidOf(tx);
      const sleeping = tx.execute(sql`select pg_sleep(20)`);
      await Promise.all([sleeping, terminate(pid)]);
    }),
  );
  expect(await codeOf(cut)).toEqual(gone);
});

test("a transaction whose connection is cut between two statements fails, and the process lives", async () => {
  const cut = roles.as("app", () =>
    withAccount(scope, async (tx) => {
      await terminate(await pidOf(tx));
      await tx.execute(sql`select 1`);
    }),
  );
  expect(await codeOf(cut)).toEqual(gone);
});

test("what goes on in a transaction that has failed already writes nothing, and the process lives", async () => {
  let goOn = () => {};
  const waiting = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let wrote = false;
  const cut = roles.as("app", () =>
    withAccount(scope, async (tx) => {
      await terminate(await pidOf(tx));
      await waiting;
      await enqueue(tx, "send-mail", {});
      wrote = true;
    }),
  );
  expect(await codeOf(cut)).toEqual(gone);
  goOn();
  // Two rounds of the event loop and a query are more than the write needs that must not happen.
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  expect(await roles.sql`select 1 from pgboss.job`).toEqual([]);
  expect(wrote).toBe(false);
});

test("every place in the pool is as good as before", async () => {
  const [a, b] = await Promise.all(
    [1, 2].map(() => roles.as("app", () => withAccount(scope, async (tx) => await pidOf(tx)))),
  );
  expect([a, b].every((pid) => (pid ?? 0) > 0)).toBe(true);
  for (let n = 0; n < 10; n += 1) {
    await roles.as("app", () => withAccount(scope, (tx) => tx.execute(sql`select 1`)));
  }
});

test("an error that has nothing to do with the connection rolls back and is told as it is", async () => {
  const failed = roles.as("app", () => withAccount(scope, (tx) => tx.execute(sql`select 1 / 0`)));
  expect(await codeOf(failed)).toEqual({ code: "22012" });
  const thrown = roles.as("app", () => withAccount(scope, () => Promise.reject(new Error("mine"))));
  await expect(thrown).rejects.toThrow("mine");
});
