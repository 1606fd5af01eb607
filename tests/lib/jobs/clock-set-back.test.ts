import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { type Handlers, queues } from "#lib/jobs/queues.ts";
import { work } from "#lib/jobs/work.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";

let roles: Roles;
const wallClock = Date.now;

beforeAll(async () => {
  roles = await openRoles();
});

afterEach(() => {
  Date.now = wallClock;
});

afterAll(() => roles.end());

// By that clock the job would have taken less than no time, and pg-boss would wait for the hour to come back.
test("a clock that is set back by an hour under a job keeps nobody from the next", async () => {
  const seen: string[] = [];
  const idle = Object.fromEntries(Object.keys(queues).map((name) => [name, async () => {}])) as Handlers;
  const tidy: Handlers["tidy-run"] = async ({ runId }) => {
    seen.push(runId);
    Date.now = () => wallClock() - 3_600_000;
  };
  const working = await work(roles.database.workerUrl, { ...idle, "tidy-run": tidy }, { error: () => {} });
  const ask = (runId: string, startAfter: number) => {
    const scope = { accountId: randomUUID(), runId };
    return roles.as("worker", () =>
      withAccount(scope, (tx) => enqueue(tx, "tidy-run", scope, { startAfter })),
    );
  };
  const [first, second] = [randomUUID(), randomUUID()];
  await ask(first, 0);
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual([first]);
  // Not announced: it is found by looking.
  await ask(second, 1);
  await expect.poll(() => seen, { timeout: 10_000 }).toEqual([first, second]);
  await working.stop();
});
