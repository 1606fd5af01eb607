import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import type { RunKind } from "#lib/runs/run-kind.ts";
import { applyNextRange } from "#lib/runs/slice/apply.ts";
import { finishRun } from "#lib/runs/slice/finish.ts";
import { type Lease, LeaseLost, releaseLease, takeLease } from "#lib/runs/slice/lease.ts";
import { mendRange } from "#lib/runs/slice/mend.ts";
import { endPlanning, planNextRange, takeLane } from "#lib/runs/slice/plan.ts";
import { readEntries } from "#lib/runs/slice/read.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const people = (count: number): Line[] =>
  Array.from({ length: count }, (_, n) => ({
    email: roster.address(`p${round}-${n}`),
    asked: "new",
    first_name: `P${n}`,
  }));

const killed = new Error("the worker was killed here");

/** What the clock does after kill -9. */
const leaseRunsOut = (runId: string) =>
  roster.sql`update runs set lease_until = now() - interval '1 s' where id = ${runId}`;

const isOver = () => false;

async function take(runId: string) {
  const taken = await roster.as("worker", () => takeLease({ accountId: roster.acme.id, runId }));
  if (taken === null || taken === "held") throw new Error(`no lease: ${taken}`);
  return taken;
}

/** Goes on until the run has reached the state, then leaves it as a killed worker would: leased. */
async function abandonIn(state: string, kind: RunKind): Promise<{ runId: string; lease: Lease }> {
  const runId = await roster.request();
  const { lease, run } = await take(runId);
  await roster.as("worker", async () => {
    if (state === "reading") return;
    await readEntries(kind, lease, run, isOver);
    if (state === "waiting") return;
    await takeLane(lease, "planning");
    if (state === "planning") return;
    await planNextRange(kind, lease);
    if (state === "planned") return;
    await endPlanning(rosterKind([]), lease);
    if (state === "applying") return;
    await applyNextRange(lease);
  });
  return { runId, lease };
}

const states = ["reading", "waiting", "planning", "planned", "applying", "applied"];

describe("a worker that dies leaves a run that another one ends", () => {
  test.each(states)("when it was %s", async (state) => {
    const kind = rosterKind(people(30), 7);
    const { runId } = await abandonIn(state, kind);
    await roster.slice(runId, kind);
    expect((await roster.run(runId)).state).not.toBe("completed");
    await leaseRunsOut(runId);
    await roster.slice(runId, kind);
    expect(await roster.sums(runId)).toEqual(sound);
    expect(await roster.run(runId)).toMatchObject({ created: 30, rows_read: 30, lease: null });
  });

  test("when it died between two batches, reading goes on behind the last one", async () => {
    const lines = people(30);
    const begun: number[] = [];
    const dying = rosterKind(lines, 7, (at) => {
      if (at === 14) throw killed;
    });
    const runId = await roster.request();
    await expect(roster.slice(runId, dying)).rejects.toThrow(killed);
    await leaseRunsOut(runId);
    await roster.slice(
      runId,
      rosterKind(lines, 7, (at) => begun.push(at)),
    );
    expect(begun).toEqual([14, 21, 28]);
    expect(await roster.sums(runId)).toEqual(sound);
    expect((await roster.entries(runId)).map((entry) => entry.email)).toEqual(
      lines.map((line) => line.email),
    );
  });

  test("an empty batch on the way loses nothing", async () => {
    const lines = people(10);
    const whole = rosterKind(lines, 5);
    const kind: RunKind = {
      ...whole,
      async *read(run, checkpoint, signal) {
        for await (const batch of whole.read(run, checkpoint, signal)) yield batch;
        yield { count: 0, position: [], line: [], email: [], fields: {}, checkpoint: { at: 10 } };
      },
    };
    const runId = await roster.request();
    await roster.slice(runId, kind);
    expect(await roster.sums(runId)).toEqual(sound);
    expect(await roster.run(runId)).toMatchObject({ created: 10, last_position: 10 });
  });
});

describe("a slice whose worker was paused until another one took over writes nothing", () => {
  const moves: Record<string, (lease: Lease, kind: RunKind) => Promise<unknown>> = {
    reading: async (lease, kind) => {
      const run = {
        ...((await roster.run(lease.runId)) as never as Parameters<typeof readEntries>[2]),
        checkpoint: null,
      };
      return readEntries(kind, lease, run, isOver);
    },
    planning: (lease, kind) => planNextRange(kind, lease),
    planned: (lease) => endPlanning(rosterKind([]), lease),
    applying: (lease) => applyNextRange(lease),
    applied: (lease) => finishRun(lease, { state: "completed" }),
  };

  test.each(Object.entries(moves))("in %s", async (state, move) => {
    const kind = rosterKind(people(20), 7);
    const { runId, lease } = await abandonIn(state, kind);
    await leaseRunsOut(runId);
    const other = await take(runId);
    const before = await everything(runId);
    await expect(roster.as("worker", () => move(lease, kind))).rejects.toBeInstanceOf(LeaseLost);
    await expect(
      roster.as("worker", () => mendRange(kind, lease, { from: 0, to: 20 }, true)),
    ).rejects.toBeInstanceOf(LeaseLost);
    expect(await roster.as("worker", () => takeLane(lease, "applying"))).toBe(false);
    expect(await roster.as("worker", () => withAccount(lease, (tx) => releaseLease(tx, lease)))).toBe(false);
    expect(await everything(runId)).toEqual(before);
    await roster.as("worker", () => withAccount(other.lease, (tx) => releaseLease(tx, other.lease)));
    await roster.slice(runId, kind);
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("the whole slice ends quietly, without another job and without a word to the person", async () => {
    const kind = rosterKind(people(20), 5, async (at) => {
      if (at === 10) await roster.sql`update runs set lease = uuid_v7() where id = ${runId}`;
    });
    const runId = await roster.request();
    const jobs = await jobsOf(runId);
    await roster.slice(runId, kind);
    // The batch before the one that was being read may have been written already.
    expect(await roster.run(runId)).toMatchObject({ state: "reading", failure: null });
    expect((await roster.run(runId)).rows_read).toBeLessThanOrEqual(10);
    // But for the one that looks for the run when its lease has run out.
    expect(await jobsOf(runId)).toBe(jobs + 1);
    await leaseRunsOut(runId);
    await roster.slice(runId, rosterKind(people(20), 5));
    expect(await roster.sums(runId)).toEqual(sound);
  });
});

const everything = async (runId: string) => ({
  run: await roster.run(runId),
  rows: await roster.sql`select *, xmin::text from run_rows where run_id = ${runId} order by position`,
  changes: await roster.sql`select *, xmin::text from run_changes where run_id = ${runId} order by position`,
  entries: await roster.sql`select *, xmin::text from run_entries where run_id = ${runId} order by position`,
  people: await roster.sql`select *, xmin::text from users order by id`,
  mails: await roster.sql`select *, xmin::text from emails where run_id = ${runId} order by id`,
  events: await roster.sql`select id from audit_events where run_id = ${runId} order by id`,
});

const jobsOf = async (runId: string) =>
  (await roster.sql`select count(*)::int as n from pgboss.job where data->>'runId' = ${runId}`)[0]?.n;

test("two slices of one run at once do its work once; the one that came second comes again", async () => {
  const kind = rosterKind(people(300), 20);
  const runId = await roster.request();
  const jobs = await jobsOf(runId);
  await Promise.all([roster.slice(runId, kind), roster.slice(runId, kind)]);
  expect(await roster.sums(runId)).toEqual(sound);
  // One to look again, for both of them, and one to tidy up.
  expect(await jobsOf(runId)).toBe(jobs + 2);
  await roster.slice(runId, kind);
  expect(await roster.run(runId)).toMatchObject({ state: "completed", created: 300 });
});

test("slices that are cut short after every step come to the same end", async () => {
  const lines = people(30);
  const runId = await roster.request();
  for (let slices = 0; (await roster.run(runId)).state !== "completed"; slices += 1) {
    expect(slices).toBeLessThan(20);
    const cut = new AbortController();
    const kind = rosterKind(lines, 7, () => cut.abort());
    const plan: RunKind["plan"] = (...args) => {
      cut.abort();
      return kind.plan(...args);
    };
    await roster.slice(runId, { ...kind, plan }, cut.signal);
  }
  expect(await roster.sums(runId)).toEqual(sound);
  expect(await roster.run(runId)).toMatchObject({ created: 30 });
});

test("a run that breaks off at the same place again and again is given up with a sentence", async () => {
  const lines = people(5);
  const dying = rosterKind(lines, 5, () => {
    throw killed;
  });
  const runId = await roster.request();
  for (let attempt = 0; attempt < 40; attempt += 1) {
    await expect(roster.slice(runId, dying)).rejects.toThrow(killed);
    await leaseRunsOut(runId);
  }
  expect((await roster.run(runId)).state).toBe("reading");
  await roster.slice(runId, dying);
  expect(await roster.run(runId)).toMatchObject({
    state: "failed",
    failure: expect.stringContaining("too many times"),
  });
});

test("a run of a kind that this worker does not know fails with a sentence", async () => {
  const runId = await roster.request();
  await roster.sql`update runs set kind = 'undo' where id = ${runId}`;
  await roster.slice(runId, rosterKind([]));
  expect(await roster.run(runId)).toMatchObject({
    state: "failed",
    failure: expect.stringContaining("undo"),
  });
});

test("a run that is not there, or another account's, is left alone", async () => {
  await roster.slice("0190a000-0000-7000-8000-000000000001", rosterKind([]));
  const runId = await roster.request();
  await roster.slice(runId, rosterKind(people(1)), undefined, "0190a000-0000-7000-8000-000000000001");
  expect((await roster.run(runId)).state).toBe("queued");
});
