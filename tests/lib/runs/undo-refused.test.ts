import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { rosterKind } from "./roster-run.ts";
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

const address = (name: string) => roster.address(`${name}${round}`);
const fresh = (...names: string[]) => names.map((name) => ({ email: address(name), asked: "new" }));
const view = (runId: string) => roster.as("app", () => findRun(roster.actor, runId));
const people = async () =>
  (await roster.sql`select count(*)::int as n from users where email like ${`%${round}@%`}`)[0]?.n;

describe("an undo is refused", () => {
  test("of what is no import of this account, or is not over", async () => {
    const stranger = "0190a000-0000-7000-8000-000000000001";
    expect(await roster.ask(stranger)).toEqual({ ok: false, reason: "not_undoable" });
    const checked = await roster.import(fresh("a"), "check");
    expect(await roster.ask(checked)).toEqual({ ok: false, reason: "not_undoable" });
    const open = await roster.request();
    expect(await roster.ask(open)).toEqual({ ok: false, reason: "not_over" });
    await roster.sliceOf(open, fresh("b"));
    const other = { ...roster.actor, accountId: stranger };
    expect(await roster.ask(open, other)).toEqual({ ok: false, reason: "not_undoable" });
  });

  test("of an import that changed nobody, or that is more than 30 days old", async () => {
    const run = await roster.import(fresh("a"));
    const same = await roster.import(fresh("a"));
    expect(await roster.ask(same)).toEqual({ ok: false, reason: "nothing_done" });
    expect(await view(run)).toMatchObject({ undoable: true });
    await roster.sql`update runs set finished_at = now() - interval '30 days 1 second' where id = ${run}`;
    expect(await roster.ask(run)).toEqual({ ok: false, reason: "too_long_ago" });
    expect(await view(run)).toMatchObject({ undoable: false });
  });

  test("of an undone run, and of an undo", async () => {
    const run = await roster.import(fresh("a"));
    const undo = await roster.undo(run);
    expect(await roster.ask(run)).toEqual({ ok: false, reason: "undone" });
    expect(await roster.ask(undo)).toEqual({ ok: false, reason: "is_an_undo" });
    expect(await view(run)).toMatchObject({
      undoable: false,
      undoneBy: { runId: undo, by: roster.actor.userName, at: expect.any(Date) },
    });
    expect(await view(undo)).toMatchObject({
      undoes: { runId: run, fileName: "people.csv" },
      undoneBy: null,
    });
  });

  test("to whoever may not import", async () => {
    const run = await roster.import(fresh("a"));
    const { undo } = await roster.preview(run);
    const reader = { ...roster.actor, privileges: new Set(["users.view" as const]) };
    await expect(roster.ask(run, reader)).rejects.toBeInstanceOf(NotAllowed);
    await expect(roster.apply(undo, 1, reader)).rejects.toBeInstanceOf(NotAllowed);
    expect(await people()).toBe(1);
  });
});

describe("a planned undo", () => {
  test("changes nobody, and takes the right number alone", async () => {
    const run = await roster.import(fresh("a", "b", "c"));
    const before = await roster.account();
    const { undo, people: planned } = await roster.preview(run);
    expect(await roster.account()).toEqual(before);
    expect(planned).toBe(3);
    for (const typed of [0, 2, 4]) {
      expect(await roster.apply(undo, typed)).toEqual({ ok: false, reason: "count_differs", people: 3 });
    }
    expect(await view(run)).toMatchObject({ undoable: true, undoneBy: null });
    expect(await roster.apply(undo, 3)).toEqual({ ok: true });
    expect(await view(run)).toMatchObject({ undoable: false, undoneBy: { runId: undo, at: null } });
    await roster.work(undo);
    expect(await people()).toBe(0);
  });

  test("cannot be applied like a checked file, without its number", async () => {
    const { undo } = await roster.preview(await roster.import(fresh("a")));
    const applied = await roster.as("app", () => applyPlannedRun(roster.actor, undo));
    expect(applied).toEqual({ ok: false, reason: "not_planned" });
    expect(await roster.run(undo)).toMatchObject({ mode: "check" });
  });

  test("is too old after an hour; another one takes its place", async () => {
    const run = await roster.import(fresh("a"));
    const { undo } = await roster.preview(run);
    await roster.sql`update runs set planned_at = now() - interval '60 minutes 1 second' where id = ${undo}`;
    expect(await roster.apply(undo, 1)).toEqual({ ok: false, reason: "too_old" });
    const { undo: second } = await roster.preview(run);
    expect(second).not.toBe(undo);
    expect(await roster.run(undo)).toMatchObject({ state: "cancelled" });
    expect(await roster.apply(undo, 1)).toEqual({ ok: false, reason: "not_planned" });
    expect(await roster.apply(second, 1)).toEqual({ ok: true });
  });

  test("is too old when removals of the import were approved since", async () => {
    const run = await roster.import(fresh("a"));
    const { undo } = await roster.preview(run);
    await roster.sql`update runs set finished_at = now() where id = ${run}`;
    expect(await roster.apply(undo, 1)).toEqual({ ok: false, reason: "too_old" });
  });

  test("asked for by many at once is one, and applied by many at once once", async () => {
    const run = await roster.import(fresh("a", "b"));
    const asked = await Promise.all(Array.from({ length: 8 }, () => roster.ask(run)));
    expect(new Set(asked.map((answer) => answer.ok && answer.runId)).size).toBe(1);
    const { undo } = await roster.preview(run);
    const applied = await Promise.all([
      ...Array.from({ length: 8 }, () => roster.apply(undo, 2)),
      roster.ask(run),
    ]);
    expect(applied.slice(0, 8).filter((answer) => answer.ok).length).toBeLessThanOrEqual(1);
    for (const { id } of await roster.sql`select id from runs where undoes = ${run} and mode = 'apply'`) {
      await Promise.all([roster.work(id), roster.work(id)]);
      expect(await people()).toBe(0);
    }
  });

  test("can be cancelled, and asked for again", async () => {
    const run = await roster.import(fresh("a"));
    const { undo } = await roster.preview(run);
    expect(await roster.as("app", () => cancelRun(roster.actor, undo))).toEqual({ ok: true });
    expect(await roster.apply(undo, 1)).toEqual({ ok: false, reason: "not_planned" });
    expect(await people()).toBe(1);
    await roster.undo(run);
    expect(await people()).toBe(0);
  });

  test("stands in the history beside the imports", async () => {
    const run = await roster.import(fresh("a"));
    const undo = await roster.undo(run);
    const { runs } = await roster.as("app", () => listRuns(roster.actor, { kind: ["import", "undo"] }));
    expect(runs.slice(0, 2).map(({ id }) => id)).toEqual([undo, run]);
  });
});

test("an import that was cut short is undone as far as it came", async () => {
  const run = await roster.import(fresh("a", "b", "c"));
  await roster.sql`update runs set state = 'cancelled', applied_to = 2, created = 2 where id = ${run}`;
  await roster.sql`delete from users where email = ${address("c")}`;
  const undo = await roster.undo(run);
  expect(await roster.outcomes(undo)).toEqual(["deleted", "deleted"]);
  expect(await people()).toBe(0);
});

test("an undo that was cut short can be asked for again, and does the rest", async () => {
  const run = await roster.import(fresh("a", "b"));
  const { undo } = await roster.preview(run);
  await roster.apply(undo, 2);
  await roster.as("app", () => cancelRun(roster.actor, undo));
  await roster.work(undo);
  expect(await roster.run(undo)).toMatchObject({ state: "cancelled" });
  await roster.sql`delete from users where email = ${address("a")}`;
  const again = await roster.undo(run);
  expect(await roster.outcomes(again)).toEqual(["skipped", "deleted"]);
  expect(await people()).toBe(0);
});

test("an import and an undo of one account take turns", async () => {
  const run = await roster.import(fresh("a"));
  const { undo } = await roster.preview(run);
  const busy = await roster.request();
  await roster.sql`update runs set state = 'planning', read_at = now() where id = ${busy}`;
  await roster.apply(undo, 1);
  await roster.work(undo);
  expect(await roster.run(undo)).toMatchObject({ state: "planned", mode: "apply" });
  await roster.sql`update runs set state = 'reading', read_at = null where id = ${busy}`;
  await roster.slice(busy, rosterKind(fresh("b")));
  await roster.work(undo);
  expect(await roster.run(undo)).toMatchObject({ state: "completed" });
  expect(await people()).toBe(1);
});

test("whoever joins between the preview and the undo stays, whatever wrote that down", async () => {
  const run = await roster.import(fresh("a", "b"));
  const { undo } = await roster.preview(run);
  await roster.sql`update users set status = 'active' where email = ${address("a")}`;
  await roster.apply(undo, 2);
  await roster.work(undo);
  expect(await roster.outcomes(undo)).toEqual(["skipped", "deleted"]);
  expect(await roster.user(address("a"))).toMatchObject({ status: "active" });
});
