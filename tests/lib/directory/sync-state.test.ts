import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { findDirectoryHealth } from "#lib/directory/find-directory-health.ts";
import { findSyncState } from "#lib/directory/find-sync-state.ts";
import { liftHold } from "#lib/directory/lift-hold.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import { wishSync } from "#lib/directory/wish-sync.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const day = 24;

beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

const state = (holdHours = day) => sync.as("app", () => findSyncState(sync.actor, holdHours));
const health = () => sync.as("app", () => findDirectoryHealth(sync.actor));
const due = () => sync.as("worker", () => runDueSyncs({ holdHours: day }));
const back = (days: number) =>
  sync.sql`update directories set last_good_at = last_good_at - make_interval(days => ${days})`;
const latest = async () => (await sync.sql`select id from runs order by id desc limit 1`)[0]?.id as string;
const request = async () => {
  const asked = await sync.request("apply", 0);
  if (!asked.ok) throw new Error(asked.reason);
  return asked.runId;
};

/** Another account with a directory of `people`, and a run of it in some state. */
async function elsewhere(people: number, run: Record<string, unknown>) {
  const account = await sync.as("owner", () => makeAccount(""));
  const [directory] =
    await sync.sql`insert into directories (account_id, last_total) values (${account.id}, ${people}) returning id`;
  await sync.sql`insert into runs ${sync.sql({
    account_id: account.id,
    kind: "directory_sync",
    mode: "apply",
    requested_by_name: "Eve",
    target: directory?.id,
    ...run,
  })}`;
}

describe("the run under way", () => {
  test("its place counts the runs of all accounts, and its end the people that they are about", async () => {
    await sync.sync();
    await sync.sql`update runs set started_at = finished_at - interval '20 seconds'`;
    await elsewhere(1_000, { state: "queued" });
    await elsewhere(1_000, { state: "reading", rows_read: 400 });
    const runId = await request();
    await elsewhere(1_000, { state: "queued" });
    const { now, wait } = await state();
    expect(now).toMatchObject({ id: runId, state: "queued" });
    // 40 people in 20 seconds; 1,000, 600 and 40 are to be read.
    const [clock] = await sync.sql`select extract(epoch from now()) * 1000 as now`;
    expect(wait?.ahead).toBe(2);
    expect(Math.abs((wait?.endsAt?.getTime() ?? 0) - Number(clock?.now) - 820_000)).toBeLessThan(5_000);
  });

  test("before the first complete run nobody knows when it ends", async () => {
    await request();
    expect((await state()).wait).toEqual({ ahead: 0, endsAt: null });
  });

  test("while it reads, what it has had of its time is taken off", async () => {
    await sync.sync();
    await sync.sql`update runs set started_at = finished_at - interval '100 seconds'`;
    const runId = await request();
    await sync.sql`update runs set state = 'reading', started_at = now() - interval '30 seconds', rows_read = 10 where id = ${runId}`;
    const [clock] = await sync.sql`select extract(epoch from now()) * 1000 as now`;
    const endsAt = (await state()).wait?.endsAt?.getTime() ?? 0;
    expect(Math.abs(endsAt - Number(clock?.now) - 70_000)).toBeLessThan(5_000);
    await sync.sql`update runs set started_at = now() - interval '200 seconds' where id = ${runId}`;
    expect((await state()).wait?.endsAt).toBeNull();
  });

  test("a manual run behind a scheduled one is told beside it", async () => {
    await sync.settings("schedule", { schedule: { ...firstSettings.schedule, enabled: true } });
    await sync.sql`update directories set next_scheduled_at = now()`;
    await due();
    const scheduled = await latest();
    await sync.sql`update runs set state = 'reading' where id = ${scheduled}`;
    const manual = await request();
    const told = await state();
    expect([told.now?.id, told.waiting?.id]).toEqual([scheduled, manual]);
  });

  test("a weekly run is silent, whatever becomes of it", async () => {
    const first = await sync.sync();
    const before = await state();
    expect(before).toMatchObject({ now: null, attempted: { id: first }, completed: { id: first } });
    await back(7);
    await due();
    const weekly = await latest();
    expect(weekly).not.toBe(first);
    expect(await state()).toEqual(before);
    await sync.work(weekly);
    expect((await sync.run(weekly)).state).toBe("completed");
    expect(await state()).toEqual(before);
  });
});

describe("the hold", () => {
  test("is told with its beginning and its end, and whose wish waits for it", async () => {
    await sync.sync();
    const [row] = await sync.sql`select held_since from directories`;
    const since: Date = row?.held_since;
    expect(await state()).toMatchObject({
      hold: { since, until: new Date(since.getTime() + day * 3_600_000) },
      wish: null,
    });
    await sync.as("app", () => wishSync(sync.actor, { holdHours: day }));
    expect((await state()).wish).toEqual({ by: "Ada Owner", mine: true });
    expect((await state(0)).hold).toBeNull();
    await sync.sql`update directories set held_since = held_since - interval '24 hours'`;
    expect((await state()).hold).toBeNull();
  });

  test("a preview begins none, lies ready, and is no attempt", async () => {
    sync.change((sync.people()[0] as Entry).dn, { title: "Chief" });
    const preview = await sync.sync("check");
    expect(await state()).toMatchObject({
      hold: null,
      attempted: null,
      completed: null,
      preview: { id: preview, applicable: true },
    });
  });
});

test("a drill ends the hold, of this account alone", async () => {
  await elsewhere(1, { state: "completed" });
  await sync.sql`update directories set held_since = now()`;
  expect((await sync.request("apply", day)).ok).toBe(false);
  await sync.as("app", () => liftHold(sync.actor));
  expect((await state()).hold).toBeNull();
  expect((await sync.sql`select 1 from directories where held_since is not null`).length).toBe(1);
  expect((await sync.request("apply", day)).ok).toBe(true);
});

test("a preview that failed is told until another one lies ready", async () => {
  const failed = await sync.request("check", 0);
  if (!failed.ok) throw new Error(failed.reason);
  await sync.sql`update directories set sealed_password = null`;
  await sync.work(failed.runId);
  const { failure } = await sync.run(failed.runId);
  expect(await state()).toMatchObject({
    attempted: null,
    preview: null,
    previewFailed: { id: failed.runId, failure: { sentence: failure } },
  });
  await sync.connect();
  const preview = await sync.sync("check");
  expect(await state()).toMatchObject({ preview: { id: preview }, previewFailed: null });
});

describe("how the directory is doing", () => {
  test("nothing before it is connected; then when it was last complete, and with how many", async () => {
    await sync.sync();
    const { finished_at } = await sync.run(await latest());
    expect(await health()).toEqual({
      completedAt: finished_at,
      people: 40,
      nextScheduledAt: null,
      overdueDays: null,
      failed: null,
      failedByHand: null,
    });
    await sync.sql`delete from directory_versions`;
    expect(await health()).toBeNull();
  });

  test("an automatic run that failed is told until one is completed; a manual one apart from it", async () => {
    await sync.sync();
    await back(9);
    await due();
    const weekly = await latest();
    await sync.sql`update directories set sealed_password = null`;
    await sync.work(weekly);
    const { failure, finished_at } = await sync.run(weekly);
    expect(await health()).toMatchObject({
      overdueDays: 9,
      failed: { runId: weekly, trigger: "weekly", at: finished_at, sentence: failure },
    });
    await sync.connect();
    await sync.sync();
    expect(await health()).toMatchObject({ failed: null, overdueDays: null });
    const manual = await request();
    await sync.sql`update directories set sealed_password = null`;
    await sync.work(manual);
    const byHand = await sync.run(manual);
    expect(byHand.state).toBe("failed");
    expect(await health()).toMatchObject({
      failed: null,
      failedByHand: { runId: manual, at: byHand.finished_at, sentence: byHand.failure },
    });
    await sync.connect();
    await sync.sync();
    expect((await health())?.failedByHand).toBeNull();
  });
});
