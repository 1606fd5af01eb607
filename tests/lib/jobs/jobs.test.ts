import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";
import { type Handlers, queues } from "#lib/jobs/queues.ts";
import { wake } from "#lib/jobs/wake.ts";
import { work } from "#lib/jobs/work.ts";
import { openRoles, type Roles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

let roles: Roles;
let acme: TestAccount;

beforeAll(async () => {
  roles = await openRoles({ app: 1 });
  acme = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
});

afterAll(() => roles.end());

const scope = () => ({ accountId: acme.id, runId: randomUUID() });
const jobs = (data: object) =>
  roles.sql`select name, state from pgboss.job where data = ${roles.sql.json({ ...data })}`;

describe("a job exists if and only if its transaction commits", () => {
  test.each(["app", "worker"] as const)("sent by the %s", async (role) => {
    const [kept, lost] = [scope(), scope()];
    await roles.as(role, () => withAccount(kept, (tx) => enqueue(tx, "run-slice", kept)));
    const rolledBack = roles.as(role, () =>
      withAccount(lost, async (tx) => {
        await enqueue(tx, "run-slice", lost);
        throw new Error("rolled back");
      }),
    );
    await expect(rolledBack).rejects.toThrow("rolled back");
    expect(await jobs(kept)).toEqual([{ name: "run-slice", state: "created" }]);
    expect(await jobs(lost)).toEqual([]);
  });

  test("nobody sees it before", async () => {
    const mine = scope();
    await roles.as("worker", () =>
      withAccount(mine, async (tx) => {
        await enqueue(tx, "run-slice", mine);
        expect(await jobs(mine)).toEqual([]);
      }),
    );
    expect(await jobs(mine)).toHaveLength(1);
  });
});

test("a waking is not lost to a job that a worker takes before the transaction commits", async () => {
  await roles.as("worker", async () => {
    await wake("send-mail", 0);
    await withAccount({ accountId: acme.id }, async (tx) => {
      await enqueue(tx, "send-mail", {});
      await roles.sql`delete from pgboss.job where name = 'send-mail'`;
    });
  });
  expect(await roles.sql`select state from pgboss.job where name = 'send-mail'`).toEqual([
    { state: "created" },
  ]);
});

test("transactions that wake the same queue do not wait for each other", async () => {
  await roles.as("worker", () =>
    withAccount({ accountId: acme.id }, async (tx) => {
      await enqueue(tx, "send-mail", {});
      await withAccount({ accountId: acme.id }, (other) => enqueue(other, "send-mail", {}));
    }),
  );
});

// The pool of the app has one connection here: a send that needed a second one would wait for itself.
test("a send takes no connection but its transaction's own", async () => {
  const mine = scope();
  await roles.as("app", () => withAccount(mine, (tx) => enqueue(tx, "tidy-run", mine)));
  expect(await jobs(mine)).toHaveLength(1);
});

describe("a payload that does not fit its queue is refused before anything is written", () => {
  const send = (queue: "run-slice" | "send-mail", payload: object) =>
    roles.as("worker", () =>
      withAccount({ accountId: acme.id }, (tx) => enqueue(tx, queue, payload as never)),
    );

  test.each([
    ["nothing", {}],
    ["no id", { accountId: "1", runId: "2" }],
    ["half of it", { accountId: randomUUID() }],
    ["more than ids", { accountId: randomUUID(), runId: randomUUID(), email: "ada@acme.test" }],
  ])("%s", async (_, payload) => {
    const [before] = await roles.sql`select count(*)::int as n from pgboss.job`;
    await expect(send("run-slice", payload)).rejects.toThrow();
    const [after] = await roles.sql`select count(*)::int as n from pgboss.job`;
    expect(after).toEqual(before);
  });

  test("a job without a payload", async () => {
    await expect(send("send-mail", { to: "ada@acme.test" })).rejects.toThrow();
  });
});

test("every queue is made in the database as it is declared", async () => {
  const rows = await roles.sql`
    select name, policy, retry_limit, retry_delay, expire_seconds, heartbeat_seconds, notify from pgboss.queue
    where name not like '\\_\\_pgboss%' order by name collate "C"`;
  const declared = Object.entries(queues)
    .map(([name, queue]) => ({
      name,
      policy: queue.policy,
      retry_limit: queue.retryLimit,
      retry_delay: queue.retryDelay,
      expire_seconds: queue.expireInSeconds,
      heartbeat_seconds: 10,
      notify: true,
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  expect(rows).toEqual(declared);
});

const seen: { queue: string; payload: unknown }[] = [];
const errors: string[] = [];
let failuresLeft = 0;
let working: Awaited<ReturnType<typeof work>>;

const take = (queue: string) => async (payload: unknown) => {
  if (queue === "run-slice" && failuresLeft > 0) {
    failuresLeft -= 1;
    throw new Error("scripted");
  }
  seen.push({ queue, payload });
};
const handlers: Handlers = {
  "run-reading": take("run-reading"),
  "due-syncs": take("due-syncs"),
  "run-slice": take("run-slice"),
  "run-slice-later": take("run-slice-later"),
  "run-slice-on": take("run-slice-on"),
  "send-mail": take("send-mail"),
  "send-mail-later": take("send-mail-later"),
  "seal-audit": take("seal-audit"),
  "tidy-run": take("tidy-run"),
  "release-mails": take("release-mails"),
  sweep: take("sweep"),
};

describe("a worker", () => {
  beforeAll(async () => {
    await roles.sql`delete from pgboss.job`;
    const log = { error: (_: object, message: string) => void errors.push(message) };
    working = await work(roles.database.workerUrl, handlers, log);
  });

  afterAll(() => working.stop());

  test("takes a committed job of the app at once, without waiting for its poll", async () => {
    const mine = scope();
    const sent = performance.now();
    await roles.as("app", () => withAccount(mine, (tx) => enqueue(tx, "run-slice", mine)));
    await expect.poll(() => seen, { interval: 5 }).toContainEqual({ queue: "run-slice", payload: mine });
    expect(performance.now() - sent).toBeLessThan(1500);
  });

  test("tries again a job that threw, and says so", async () => {
    failuresLeft = 2;
    const mine = scope();
    await roles.as("worker", () => withAccount(mine, (tx) => enqueue(tx, "run-slice", mine)));
    await expect.poll(() => seen, { timeout: 10_000 }).toContainEqual({ queue: "run-slice", payload: mine });
    expect(errors).toEqual(Array(2).fill("job failed; it will be tried again"));
  });

  test("takes a job that is due later when it is due, and not at some later look", async () => {
    const mine = scope();
    const sent = performance.now();
    await roles.as("worker", () =>
      withAccount(mine, (tx) => enqueue(tx, "run-slice", mine, { startAfter: 2 })),
    );
    await expect.poll(() => seen, { timeout: 10_000 }).toContainEqual({ queue: "run-slice", payload: mine });
    expect(performance.now() - sent).toBeGreaterThan(1_900);
    expect(performance.now() - sent).toBeLessThan(5_000);
  });

  test("of many wakings of the pump while none was taken one is left; none is taken early", async () => {
    await roles.as("worker", async () => {
      await wake("send-mail-later", 3600);
      await wake("send-mail-later", 3600);
      await wake("send-mail", 0);
    });
    await expect.poll(() => seen).toContainEqual({ queue: "send-mail", payload: {} });
    const [waiting] =
      await roles.sql`select count(*)::int as n from pgboss.job where name = 'send-mail-later' and state = 'created'`;
    expect(waiting?.n).toBe(1);
    expect(seen.filter((job) => job.queue === "send-mail-later")).toEqual([]);
  });

  test("refuses a job whose payload somebody else wrote, and lives", async () => {
    await roles.sql`insert into pgboss.job (name, data, retry_limit, policy)
      values ('run-slice', '{"accountId": "x"}', 0, 'standard')`;
    await expect
      .poll(
        async () => (await roles.sql`select state from pgboss.job where data->>'accountId' = 'x'`)[0]?.state,
        {
          timeout: 10_000,
        },
      )
      .toBe("failed");
    const mine = scope();
    await roles.as("app", () => withAccount(mine, (tx) => enqueue(tx, "run-slice", mine)));
    await expect.poll(() => seen).toContainEqual({ queue: "run-slice", payload: mine });
  });
});
