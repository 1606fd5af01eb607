import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { discardRemovals } from "#lib/runs/discard-removals.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

beforeEach(async () => {
  round += 1;
  await roster.sql`update users set status = 'deleted' where id <> ${roster.actor.userId}`;
});

const address = (name: string, n: number) => roster.address(`${name}${round}-${n}`);

/** So many active people, and lines that delete the first `removed` of them. */
async function crowd(people: number, removed: number, unit: string | null = null): Promise<Line[]> {
  await roster.sql`insert into users (account_id, email, status, source, organizational_unit)
    select ${roster.acme.id}, 'p' || ${round}::int || '-' || n || '@' || ${roster.acme.domain}::text, 'active', 'invite', ${unit}
    from generate_series(1, ${people}) n`;
  return Array.from({ length: removed }, (_, n) => ({ email: address("p", n + 1), asked: "delete" }));
}

const active = async () =>
  (await roster.sql`select count(*)::int as n from users where status = 'active'`)[0]?.n as number;
const approve = (runId: string, typed: number) =>
  roster.as("app", () => approveRemovals(roster.actor, { runId, typed }));
const discard = (runId: string) => roster.as("app", () => discardRemovals(roster.actor, runId));
const goOn = (runId: string) => roster.slice(runId, rosterKind([]));

describe("the bound of 99 people and the owner: max(10, 5 %), at most 20 %", () => {
  test("ten go by themselves", async () => {
    const runId = await roster.import(await crowd(99, 10));
    expect(await roster.run(runId)).toMatchObject({ removals: "none", deleted: 10, removal_bound: 10 });
    expect(await active()).toBe(90);
  });

  test("eleven wait, and whatever else the file says is done", async () => {
    const lines = [...(await crowd(99, 11)), { email: address("new", 1), asked: "new" }];
    const runId = await roster.import(lines);
    expect(await roster.run(runId)).toMatchObject({
      state: "completed",
      removals: "waiting",
      waiting: 11,
      deleted: 0,
      created: 1,
    });
    expect(await active()).toBe(100);
    expect(await roster.sql`select kind from emails where subject_id = ${runId}`).toEqual([
      { kind: "removals_waiting" },
    ]);
    expect((await roster.entries(runId))[0]).toMatchObject({
      outcome: "waiting",
      reason: expect.stringMatching(/approval/),
    });
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("of nine people two may go, not three", async () => {
    expect(await roster.run(await roster.import(await crowd(8, 2)))).toMatchObject({ removals: "none" });
    expect(await roster.run(await roster.import((await crowd(0, 5)).slice(2)))).toMatchObject({
      removals: "waiting",
    });
  });

  test("the stricter share of the account counts", async () => {
    await roster.sql`update accounts set removal_percent = 0 where id = ${roster.acme.id}`;
    expect(await roster.run(await roster.import(await crowd(99, 1)))).toMatchObject({ removals: "waiting" });
    await roster.sql`update accounts set removal_percent = null where id = ${roster.acme.id}`;
  });

  test("half of one unit of more than twenty waits although it is below the bound of all", async () => {
    const lines = await crowd(22, 12, "Sales");
    await roster.sql`insert into users (account_id, email, status, source)
      select ${roster.acme.id}, 'many' || ${round}::int || '-' || n || '@many.test', 'active', 'invite' from generate_series(1, 600) n`;
    expect(await roster.run(await roster.import(lines))).toMatchObject({ removals: "waiting", waiting: 12 });
  });
});

describe("removals that wait", () => {
  const waiting = async () => roster.import(await crowd(99, 11));

  test("are carried out once the very number was typed, by whoever types it first", async () => {
    const runId = await waiting();
    expect(await approve(runId, 12)).toEqual({ ok: false, reason: "count_differs", waiting: 11 });
    const both = await Promise.all([approve(runId, 11), approve(runId, 11)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await approve(runId, 11)).toEqual({ ok: false, reason: "not_waiting" });
    await goOn(runId);
    expect(await roster.run(runId)).toMatchObject({ removals: "approved", deleted: 11, waiting: 0 });
    expect((await roster.entries(runId))[0]).toMatchObject({
      outcome: "deleted",
      reason: expect.stringMatching(/Restorable until/),
    });
    expect(await active()).toBe(89);
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("leave out whoever was changed since", async () => {
    const runId = await waiting();
    await roster.sql`update users set title = 'Chief', version = version + 1 where email = ${address("p", 3)}`;
    await approve(runId, 11);
    await goOn(runId);
    expect(await roster.run(runId)).toMatchObject({ removals: "approved", deleted: 10, skipped: 1 });
    expect(await roster.user(address("p", 3))).toMatchObject({ status: "active" });
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("are over once discarded", async () => {
    const runId = await waiting();
    expect(await discard(runId)).toEqual({ ok: true });
    expect(await approve(runId, 11)).toEqual({ ok: false, reason: "not_waiting" });
    expect(await discard(runId)).toEqual({ ok: false, reason: "not_waiting" });
    expect(await roster.run(runId)).toMatchObject({ removals: "discarded", skipped: 11, waiting: 0 });
    expect(await active()).toBe(100);
  });

  test("are superseded by a later import", async () => {
    const runId = await waiting();
    await roster.import([{ email: address("later", 1), asked: "new" }]);
    expect(await roster.run(runId)).toMatchObject({ removals: "superseded", skipped: 11, waiting: 0 });
    expect((await roster.entries(runId))[0]).toMatchObject({
      outcome: "skipped",
      reason: expect.stringMatching(/later run of the same kind/i),
    });
    expect(await approve(runId, 11)).toEqual({ ok: false, reason: "not_waiting" });
  });

  test("are not superseded by a check alone", async () => {
    const runId = await waiting();
    await roster.import([{ email: address("later", 1), asked: "new" }], "check");
    expect(await roster.run(runId)).toMatchObject({ removals: "waiting" });
  });

  test("can be cancelled after they were approved: the run stays completed, nobody else is removed", async () => {
    const runId = await waiting();
    await approve(runId, 11);
    expect(await roster.as("app", () => cancelRun(roster.actor, runId))).toEqual({ ok: true });
    await goOn(runId);
    expect(await roster.run(runId)).toMatchObject({ state: "completed", removals: "discarded", skipped: 11 });
    expect(await active()).toBe(100);
  });

  test("of a check wait only once it was applied", async () => {
    const runId = await roster.import(await crowd(99, 11), "check");
    expect(await roster.run(runId)).toMatchObject({ state: "planned", removals: "waiting", waiting: 11 });
    expect(await approve(runId, 11)).toEqual({ ok: false, reason: "not_waiting" });
  });
});
