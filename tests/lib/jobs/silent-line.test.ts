import type { Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { type Handlers, queues } from "#lib/jobs/queues.ts";
import { work } from "#lib/jobs/work.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { openLine } from "#tests/support/postgres-line.ts";

let roles: Roles;

beforeAll(async () => {
  roles = await openRoles();
});

afterAll(() => roles.end());

/** A line whose open connections can fall silent: neither side hears of it. New ones pass. */
async function openSilentLine(through: string) {
  const pairs = new Set<Socket[]>();
  const line = await openLine(through, (client, dialServer) => {
    const server = dialServer();
    pairs.add([client, server]);
    client.pipe(server).pipe(client);
    client.on("close", () => server.destroy());
  });
  const fallSilent = () => {
    for (const pair of pairs) for (const each of pair) each.unpipe().resume();
  };
  return { ...line, fallSilent };
}

test("a worker whose connections fall silent, and are not closed, soon works again", async () => {
  const line = await openSilentLine(roles.database.workerUrl);
  let done = 0;
  const idle = Object.fromEntries(
    Object.keys(queues).map((name) => [name, async () => {}]),
  ) as unknown as Handlers;
  const tidy = async () => {
    done += 1;
  };
  const working = await work(line.url, { ...idle, "tidy-run": tidy }, { error: () => {} });
  const scope = { accountId: crypto.randomUUID(), runId: crypto.randomUUID() };
  const ask = () => roles.as("worker", () => withAccount(scope, (tx) => enqueue(tx, "tidy-run", scope)));
  await ask();
  await expect.poll(() => done, { timeout: 10_000 }).toBe(1);
  line.fallSilent();
  await ask();
  await expect.poll(() => done, { timeout: 18_000 }).toBe(2);
  await working.stop();
  line.close();
});
