import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bulkChangeKind } from "#lib/bulk-changes/bulk-change-kind.ts";
import { applyNextRange } from "#lib/runs/slice/apply.ts";
import { finishRun } from "#lib/runs/slice/finish.ts";
import { type Lease, LeaseLost, takeLease } from "#lib/runs/slice/lease.ts";
import { endPlanning, planNextRange, takeLane } from "#lib/runs/slice/plan.ts";
import { readEntries } from "#lib/runs/slice/read.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;

beforeAll(async () => {
  bulk = await openBulk();
});
afterAll(() => bulk.end());

const people = 100_000;

/** Works in slices, as often as the queue would call, until nothing is left to do. */
async function workOn(runId: string): Promise<void> {
  for (let slices = 0; slices < 30; slices += 1) {
    await bulk.work(runId);
    const { state, mode } = await bulk.run(runId);
    if (state === "completed" || (state === "planned" && mode === "check")) return;
  }
  throw new Error("the run does not come to its end");
}

test(`${people} people at once: nobody's record passes through the worker`, {
  timeout: 180_000,
}, async () => {
  await bulk.crowd(people);
  await bulk.sql`analyze users`;
  const heap = () => {
    globalThis.gc?.();
    return process.memoryUsage().rss;
  };
  const before = heap();
  const runId = await bulk.ask({ action: "manage", filter: { search: "crowd", status: "active" } });
  await workOn(runId);
  expect(await bulk.run(runId)).toMatchObject({ state: "planned", rows_read: people, updated: people });
  expect(await bulk.apply(runId)).toEqual({ ok: true });
  await workOn(runId);
  expect(await bulk.run(runId)).toMatchObject({ state: "completed", updated: people, failed: 0, skipped: 0 });
  expect([await bulk.managed(), await bulk.openSpans()]).toEqual([people, people]);
  expect((heap() - before) / 2 ** 20).toBeLessThan(150);
  const events =
    await bulk.sql`select details from audit_events where run_id = ${runId} and action = 'run.range_applied'`;
  expect(events.map(({ details }) => details.changes)).toEqual([40_000, 40_000, 20_000]);
  const undone = await bulk.change({ action: "suspend", filter: { managed: true } }, people);
  await workOn(undone);
  expect(await bulk.run(undone)).toMatchObject({ deleted: people });
  // A seat stays taken while somebody is suspended.
  expect(await bulk.managed()).toBe(people);
});

describe("a worker that dies between two ranges", () => {
  const count = 30;
  let round = 0;
  const leaseRunsOut = (runId: string) =>
    bulk.sql`update runs set lease_until = now() - interval '1 s' where id = ${runId} and lease is not null`;

  async function take(runId: string): Promise<Lease> {
    const taken = await bulk.as("worker", () => takeLease({ accountId: bulk.acme.id, runId }));
    if (taken === null || taken === "held") throw new Error(`no lease: ${taken}`);
    return taken.lease;
  }

  /** Lines so far apart that they are planned in several ranges and applied in 8. */
  async function farApart() {
    round += 1;
    const name = `round${round}`;
    await bulk.sql`insert into users (account_id, email, status, source)
      select ${bulk.acme.id}, ${name} || n || '@x.test', 'active', 'invite' from generate_series(1, ${count}) n`;
    const runId = await bulk.ask({ action: "manage", filter: { search: name } });
    const lease = await take(runId);
    const run = (await bulk.run(runId)) as never as Parameters<typeof readEntries>[2];
    await bulk.as("worker", () => readEntries(bulkChangeKind, lease, run, () => false));
    await bulk.sql`update run_rows set position = position * 10000 where run_id = ${runId}`;
    await bulk.sql`update runs set last_position = last_position * 10000 where id = ${runId}`;
    return { runId, lease, name };
  }

  const seated = async (name: string) =>
    (
      await bulk.sql`select count(*)::int as people, count(s.id)::int as spans from users u
      left join managed_spans s on s.user_id = u.id and s.managed_to is null
      where u.email like ${`${name}%`} and u.managed`
    )[0];

  test("while planning: another one plans the rest, each line once", async () => {
    const { runId, lease } = await farApart();
    await bulk.as("worker", async () => {
      await takeLane(lease, "planning");
      await planNextRange(bulkChangeKind, lease);
    });
    await leaseRunsOut(runId);
    await bulk.work(runId);
    expect(await bulk.run(runId)).toMatchObject({ state: "planned", updated: count });
    await expect(bulk.as("worker", () => endPlanning(bulkChangeKind, lease))).rejects.toBeInstanceOf(
      LeaseLost,
    );
  });

  test.each([0, 1, 5, 8])(
    "while applying, after %i ranges of 8: nobody is lost, nobody counted twice",
    async (ranges) => {
      const { runId, lease: reading, name } = await farApart();
      await leaseRunsOut(runId);
      await bulk.work(runId);
      await bulk.apply(runId);
      const lease = await take(runId);
      await bulk.as("worker", async () => {
        await takeLane(lease, "applying");
        for (let range = 0; range < ranges; range += 1) await applyNextRange(lease);
      });
      const done = Math.min(count, ranges * 4);
      expect(await seated(name)).toEqual({ people: done, spans: done });
      await leaseRunsOut(runId);
      await bulk.work(runId);
      expect(await bulk.run(runId)).toMatchObject({ state: "completed", updated: count, failed: 0 });
      expect(await seated(name)).toEqual({ people: count, spans: count });
      for (const dead of [lease, reading])
        await expect(bulk.as("worker", () => finishRun(dead, { state: "completed" }))).rejects.toBeInstanceOf(
          LeaseLost,
        );
    },
  );
});
