import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { applyNextRange } from "#lib/runs/slice/apply.ts";
import { finishRun } from "#lib/runs/slice/finish.ts";
import { type Lease, LeaseLost, takeLease } from "#lib/runs/slice/lease.ts";
import { endPlanning, planNextRange, takeLane } from "#lib/runs/slice/plan.ts";
import { readEntries } from "#lib/runs/slice/read.ts";
import { undoKind } from "#lib/runs/undo-kind.ts";
import { openUndoing, type Undoing } from "./undo-run.ts";

let roster: Undoing;
let round = 0;

beforeAll(async () => {
  roster = await openUndoing();
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const count = 30;

/** An import whose lines stand so far apart that its undo has 3 ranges to plan and 8 to apply. */
async function importedFarApart(): Promise<string> {
  const lines = Array.from({ length: count }, (_, n) => ({
    email: roster.address(`p${round}-${n}`),
    asked: "new",
  }));
  const run = await roster.import(lines);
  for (const table of ["run_entries", "run_changes"])
    await roster.sql`update ${roster.sql(table)} set position = position * 10000 where run_id = ${run}`;
  return run;
}

const left = async () =>
  (await roster.sql`select count(*)::int as n from users where email like ${`p${round}-%`}`)[0]?.n;

/** What the clock does after kill -9. */
const leaseRunsOut = (runId: string) =>
  roster.sql`update runs set lease_until = now() - interval '1 s' where id = ${runId} and lease is not null`;

async function take(runId: string) {
  const taken = await roster.as("worker", () => takeLease({ accountId: roster.acme.id, runId }));
  if (taken === null || taken === "held") throw new Error(`no lease: ${taken}`);
  return taken;
}

async function expectUndone(undo: string): Promise<void> {
  expect(await left()).toBe(0);
  expect(await roster.run(undo)).toMatchObject({
    state: "completed",
    deleted: count,
    skipped: 0,
    rows_read: count,
  });
  const [entries] = await roster.sql`select count(*)::int as n from run_entries where run_id = ${undo}`;
  expect(entries?.n).toBe(count);
  const events = await roster.sql`select details from audit_events
    where run_id = ${undo} and action = 'run.range_applied'`;
  expect(events.reduce((sum, event) => sum + event.details.changes, 0)).toBe(count);
}

/** Works until the undo has made so many steps of its plan, then leaves it as a killed worker would: leased. */
async function planUntil(undo: string, until: string): Promise<Lease> {
  const { lease, run } = await take(undo);
  await roster.as("worker", async () => {
    if (until === "taken") return;
    await readEntries(undoKind, lease, run, () => false);
    if (until === "counted") return;
    await takeLane(lease, "planning");
    if (until === "planning") return;
    await planNextRange(undoKind, lease);
    if (until === "first range") return;
    while (!(await planNextRange(undoKind, lease)));
  });
  return lease;
}

describe("a worker that dies leaves an undo that another one ends", () => {
  test.each(["taken", "counted", "planning", "first range", "all ranges"])("planning: %s", async (until) => {
    const asked = await roster.ask(await importedFarApart());
    if (!asked.ok) throw new Error(asked.reason);
    const lease = await planUntil(asked.runId, until);
    await leaseRunsOut(asked.runId);
    await roster.work(asked.runId);
    expect(await roster.run(asked.runId)).toMatchObject({ state: "planned", deleted: count });
    await expect(roster.as("worker", () => endPlanning(undoKind, lease))).rejects.toBeInstanceOf(LeaseLost);
    expect(await roster.apply(asked.runId, count)).toEqual({ ok: true });
    await roster.work(asked.runId);
    await expectUndone(asked.runId);
  });

  test.each([0, 1, 5, 8])("applying: after %i ranges of 8", async (ranges) => {
    const { undo } = await roster.preview(await importedFarApart());
    await roster.apply(undo, count);
    const { lease } = await take(undo);
    await roster.as("worker", async () => {
      await takeLane(lease, "applying");
      for (let range = 0; range < ranges; range += 1) await applyNextRange(lease);
    });
    expect(await left()).toBe(Math.max(0, count - ranges * 4));
    await leaseRunsOut(undo);
    await roster.work(undo);
    await expectUndone(undo);
    await expect(roster.as("worker", () => finishRun(lease, { state: "completed" }))).rejects.toBeInstanceOf(
      LeaseLost,
    );
  });

  test("two workers at once do its work once", async () => {
    const { undo } = await roster.preview(await importedFarApart());
    await roster.apply(undo, count);
    await Promise.all([roster.work(undo), roster.work(undo)]);
    await expectUndone(undo);
  });

  test("cancelled between two ranges, it says how far it came, and the rest can be undone", async () => {
    const run = await importedFarApart();
    const { undo } = await roster.preview(run);
    await roster.apply(undo, count);
    const { lease } = await take(undo);
    await roster.as("worker", async () => {
      await takeLane(lease, "applying");
      await applyNextRange(lease);
    });
    await roster.sql`update runs set cancel_requested_at = now() where id = ${undo}`;
    await leaseRunsOut(undo);
    await roster.work(undo);
    expect(await roster.run(undo)).toMatchObject({ state: "cancelled", deleted: 4 });
    expect(await left()).toBe(count - 4);
    const { undo: second, people } = await roster.preview(run);
    expect(people).toBe(count - 4);
    expect(await roster.run(second)).toMatchObject({ skipped: 4 });
    await roster.apply(second, people);
    await roster.work(second);
    expect(await left()).toBe(0);
  });
});
