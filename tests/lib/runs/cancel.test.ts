import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import type { RunKind } from "#lib/runs/run-kind.ts";
import { type Line, openRoster, type Roster, rosterKind } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

function lines(): Line[] {
  round += 1;
  const email = (n: number) => roster.address(`c${round}-${n}`);
  return [
    { email: email(0), asked: "new" },
    { email: email(1), problem: "Line 3: bad." },
    { email: email(2), asked: "new" },
    { email: email(3), asked: "update" },
  ];
}

const cancel = (runId: string, actor = roster.actor) => roster.as("app", () => cancelRun(actor, runId));

/** One slice that ends as soon as it has planned, or read the batch at `at`. */
async function sliceUntil(runId: string, kind: RunKind, until: "read" | "planned"): Promise<void> {
  const cut = new AbortController();
  const read: RunKind["read"] = (...args) => {
    if (until === "read") cut.abort();
    return kind.read(...args);
  };
  const plan: RunKind["plan"] = (...args) => {
    cut.abort();
    return kind.plan(...args);
  };
  await roster.slice(runId, { ...kind, read, plan }, cut.signal);
}

const before: Record<string, (runId: string, kind: RunKind) => Promise<unknown>> = {
  queued: async () => {},
  reading: (runId, kind) => sliceUntil(runId, kind, "read"),
  waiting: async (runId, kind) => {
    const other = await roster.request();
    await roster.sql`update runs set state = 'applying', read_at = now() where id = ${other}`;
    await roster.slice(runId, kind);
    await roster.sql`update runs set state = 'failed' where id = ${other}`;
    expect(await roster.run(runId)).toMatchObject({ state: "reading", planned_to: 0 });
    expect((await roster.run(runId)).read_at).not.toBeNull();
  },
  planning: (runId, kind) => sliceUntil(runId, kind, "planned"),
  "waiting to be applied": async (runId, kind) => {
    await roster.sql`update runs set mode = 'check' where id = ${runId}`;
    await roster.slice(runId, kind);
    await roster.sql`update runs set mode = 'apply' where id = ${runId}`;
    expect((await roster.run(runId)).state).toBe("planned");
  },
};

describe("a run that is cancelled before anything was applied", () => {
  test.each(Object.keys(before))("%s: changes nobody, says so of every line, and lets go", async (state) => {
    const rows = lines();
    const kind = rosterKind(rows, 1);
    const runId = await roster.request();
    await before[state]?.(runId, kind);
    expect(await cancel(runId)).toEqual({ ok: true });
    expect(await roster.as("app", () => findRun(roster.actor, runId))).toMatchObject({
      cancelRequested: true,
      cancelRequestedBy: roster.actor.userName,
    });
    await roster.slice(runId, kind);
    const run = await roster.run(runId);
    expect(run).toMatchObject({ state: "cancelled", lease: null, created: 0, updated: 0, applied_to: 0 });
    expect(run.finished_at).not.toBeNull();
    for (const { email } of rows) expect(await roster.user(email ?? "")).toBeUndefined();
    expect(await roster.sql`select 1 from emails where run_id = ${runId}`).toEqual([]);
    await expectShownToAddUp(runId);
    expect(await cancel(runId)).toEqual({ ok: false, reason: "ended" });
  });
});

/** What the page counts is what its filters show. */
async function expectShownToAddUp(runId: string): Promise<void> {
  const run = await roster.run(runId);
  for (const [column, outcome] of [
    ["created", "new"],
    ["updated", "updated"],
    ["unchanged", "unchanged"],
    ["skipped", "skipped"],
    ["failed", "failed"],
  ] as const) {
    const { entries, matching } = await roster.as("app", () => listEntries(roster.actor, { runId, outcome }));
    expect([outcome, entries.length, matching.count]).toEqual([outcome, run[column], run[column]]);
  }
}

test("a checked plan that is cancelled is over at once; nothing of it counts as done", async () => {
  const runId = await roster.import(lines(), "check");
  expect((await roster.run(runId)).state).toBe("planned");
  expect(await cancel(runId)).toEqual({ ok: true });
  expect(await roster.run(runId)).toMatchObject({ state: "cancelled", created: 0, failed: 2 });
  await expectShownToAddUp(runId);
  const [event] =
    await roster.sql`select 1 from audit_events where run_id = ${runId} and action = 'run.cancelled'`;
  expect(event).toBeDefined();
  const [tidy] =
    await roster.sql`select 1 from pgboss.job where name = 'tidy-run' and data->>'runId' = ${runId}`;
  expect(tidy).toBeDefined();
});

test("cancelled between two ranges, the first stays done and the second is not touched", async () => {
  const many: Line[] = Array.from({ length: 40_010 }, (_, n) =>
    n === 40_005
      ? { email: null, problem: "Line 40007: bad." }
      : { email: roster.address(`range${n}`), asked: "new" },
  );
  const runId = await roster.request();
  const kind = rosterKind(many, 20_000);
  await roster.sql.unsafe(`
    create function cancel_it() returns trigger security definer language plpgsql as $$
    begin new.cancel_requested_at = now(); return new; end $$;
    create trigger cancel_it before update on runs for each row
      when (new.applied_to = 40000 and old.applied_to = 0) execute function cancel_it()`);
  // On a slow machine this is more than one slice.
  do await roster.slice(runId, kind);
  while ((await roster.run(runId)).finished_at === null);
  await roster.sql`drop trigger cancel_it on runs`;
  expect(await roster.run(runId)).toMatchObject({
    state: "cancelled",
    applied_to: 40_000,
    created: 40_000,
    failed: 1,
  });
  const [made] = await roster.sql`
    select (select count(*)::int from users where email like 'range%') as people,
      (select count(*)::int from emails where run_id = ${runId}) as mails`;
  expect(made).toEqual({ people: 40_000, mails: 40_000 });
  const last = await roster.as("app", () => listEntries(roster.actor, { runId, last: true }));
  expect(last.entries.slice(-11).map((entry) => entry.outcome)).toEqual([
    "new",
    ...Array(5).fill("not_done"),
    "failed",
    ...Array(4).fill("not_done"),
  ]);
  const notDone = await roster.as("app", () => listEntries(roster.actor, { runId, outcome: "not_done" }));
  expect(notDone.entries).toHaveLength(9);
  expect(notDone.entries[0]?.reason).toMatch(/nothing was changed/i);
});

test("a completed run cannot be cancelled, nor one that is not there", async () => {
  const runId = await roster.import(lines());
  expect(await cancel(runId)).toEqual({ ok: false, reason: "ended" });
  expect(await cancel("0190a000-0000-7000-8000-000000000001")).toEqual({ ok: false, reason: "ended" });
  expect((await roster.run(runId)).state).toBe("completed");
});

test("who may not import may not cancel", async () => {
  const runId = await roster.request();
  await expect(cancel(runId, { ...roster.actor, privileges: new Set() })).rejects.toBeInstanceOf(NotAllowed);
  expect((await roster.run(runId)).cancel_requested_at).toBeNull();
});
