import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { runDueSyncs } from "#lib/directory/run-due-syncs.ts";
import { firstSettings } from "#lib/directory/settings.ts";
import { wishSync, withdrawWish } from "#lib/directory/wish-sync.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const day = 24;

beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

const due = (holdHours = day) => sync.as("worker", () => runDueSyncs({ holdHours }));
const runs = async () =>
  [...(await sync.sql`select trigger, mode, state, span, requested_by_name as by from runs order by id`)].map(
    (row) => ({ ...row }),
  );
const back = (hours: number) =>
  sync.sql`update directories set held_since = held_since - make_interval(hours => ${hours}),
    last_good_at = last_good_at - make_interval(hours => ${hours}), last_full_at = last_full_at - make_interval(hours => ${hours})`;

describe("of any number of requests at once one is taken", () => {
  test("100 at once, 4 times", async () => {
    for (let round = 0; round < 4; round += 1) {
      const answers = await Promise.all(Array.from({ length: 100 }, () => sync.request()));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      expect(answers.filter((answer) => !answer.ok && answer.reason === "running")).toHaveLength(99);
      const [run] = await sync.sql`select id from runs where state = 'queued'`;
      await sync.as("app", () => cancelRun(sync.actor, run?.id));
      await sync.work(run?.id);
    }
    expect(await sync.sql`select count(*)::int as n from runs`).toEqual([{ n: 4 }]);
  });
});

describe("the hold", () => {
  test("begins when a manual run is completed, is the same for everybody, and ends by the database's clock", async () => {
    const first = await sync.request("apply", day);
    if (first.ok) await sync.work(first.runId);
    const refused = await sync.request("apply", day);
    const [row] = await sync.sql`select held_since from directories`;
    expect(refused).toEqual({
      ok: false,
      reason: "on_hold",
      until: new Date(row?.held_since.getTime() + day * 3_600_000),
    });
    await back(23);
    expect(await sync.request("apply", day)).toMatchObject({ ok: false, reason: "on_hold" });
    await back(1);
    expect(await sync.request("apply", day)).toMatchObject({ ok: true });
  });

  test.each(["failed", "cancelled", "preview"])("does not begin with one that is %s", async (how) => {
    const asked = await sync.request(how === "preview" ? "check" : "apply", day);
    const runId = asked.ok ? asked.runId : "";
    if (how === "failed") await sync.sql`update directories set sealed_password = null`;
    if (how === "cancelled") await sync.as("app", () => cancelRun(sync.actor, runId));
    await sync.work(runId);
    expect((await sync.run(runId)).state).toBe(how === "preview" ? "planned" : how);
    expect(await sync.sql`select held_since from directories`).toEqual([{ held_since: null }]);
  });

  test("is felt by nobody where the operator switches it off", async () => {
    await sync.sync();
    expect(await sync.request("apply", 0)).toMatchObject({ ok: true });
  });

  test("a preview is made meanwhile, but applied only when it is over, and then begins one", async () => {
    await sync.sync();
    sync.change((sync.people()[0] as Entry).dn, { title: "Chief" });
    const preview = await sync.sync("check");
    expect(await sync.run(preview)).toMatchObject({ state: "planned", updated: 1 });
    expect(await sync.sql`select 1 from users where title = 'Chief'`).toEqual([]);
    expect(await sync.apply(preview, day)).toMatchObject({ ok: false, reason: "on_hold" });
    await back(day);
    expect(await sync.apply(preview, day)).toEqual({ ok: true });
    await sync.work(preview);
    expect(await sync.run(preview)).toMatchObject({ state: "completed", updated: 1 });
    expect(await sync.sql`select 1 from users where title = 'Chief'`).toHaveLength(1);
    expect(await sync.request("apply", day)).toMatchObject({ ok: false, reason: "on_hold" });
  });

  test("run when it ends: one wish, granted once, in the name of who wished", async () => {
    await sync.sync();
    expect(await sync.as("app", () => wishSync(sync.actor, { holdHours: day }))).toMatchObject({ ok: true });
    expect(await sync.as("app", () => wishSync(sync.actor, { holdHours: day }))).toEqual({
      ok: false,
      reason: "wished_already",
    });
    await due();
    expect(await runs()).toHaveLength(1);
    await back(day);
    await due();
    await due();
    expect((await runs()).slice(1)).toMatchObject([{ trigger: "manual", state: "queued", by: "Ada Owner" }]);
  });

  test("a wish can be taken back, and there is none without a hold", async () => {
    expect(await sync.as("app", () => wishSync(sync.actor, { holdHours: day }))).toEqual({
      ok: false,
      reason: "no_hold",
    });
    await sync.sync();
    await sync.as("app", () => wishSync(sync.actor, { holdHours: day }));
    await sync.as("app", () => withdrawWish(sync.actor));
    await back(day);
    await due();
    expect(await runs()).toHaveLength(1);
  });
});

describe("automatic runs", () => {
  test("by schedule: asked for once, feel no hold and begin none; a manual one waits behind it", async () => {
    await sync.settings("schedule", { schedule: { ...firstSettings.schedule, enabled: true } });
    await sync.sql`update directories set next_scheduled_at = now() - interval '1 minute'`;
    await due();
    await due();
    expect(await runs()).toMatchObject([{ trigger: "scheduled", state: "queued" }]);
    const [scheduled] = await sync.sql`select id from runs`;
    const manual = await sync.request("apply", day);
    if (!manual.ok) throw new Error(manual.reason);
    await sync.slice(manual.runId);
    expect(await sync.run(manual.runId)).toMatchObject({ state: "queued" });
    await sync.work(scheduled?.id);
    expect(await sync.sql`select held_since from directories`).toEqual([{ held_since: null }]);
    await sync.work(manual.runId);
    expect(await runs()).toMatchObject([{ state: "completed" }, { state: "completed" }]);
  });

  test("by the week, when nothing was completed for seven days, and not again at once when it fails", async () => {
    await sync.sync();
    await due();
    expect(await runs()).toHaveLength(1);
    await back(7 * day);
    await due();
    await due();
    const [, weekly] = await sync.sql`select id from runs order by id`;
    expect((await runs()).slice(1)).toMatchObject([{ trigger: "weekly", state: "queued", span: "full" }]);
    await sync.directory.stop();
    await sync.work(weekly?.id);
    expect(await sync.run(weekly?.id)).toMatchObject({ state: "failed" });
    await due();
    expect(await runs()).toHaveLength(2);
    sync.directory.stop = async () => {};
  });

  test("soon after a complete one only what has changed is read", async () => {
    await sync.sync();
    await sync.settings("schedule", { schedule: { ...firstSettings.schedule, enabled: true } });
    sync.change((sync.people()[0] as Entry).dn, { title: "Chief" });
    sync.remove((sync.people()[1] as Entry).dn);
    await sync.sql`update directories set next_scheduled_at = now()`;
    await due();
    const [, scheduled] = await sync.sql`select id from runs order by id`;
    await sync.work(scheduled?.id);
    expect(await sync.run(scheduled?.id)).toMatchObject({
      state: "completed",
      span: "incremental",
      rows_read: 1,
      updated: 1,
      deleted: 0,
    });
  });
});

test("what stops it is told: no connection, one that did not stand its test, an agent", async () => {
  await sync.connect({ baseDn: "dc=nowhere" });
  expect(await sync.request()).toEqual({ ok: false, reason: "not_connected" });
  await sync.sql`delete from directory_versions`;
  expect(await sync.as("app", () => requestSync(sync.actor, { mode: "apply", holdHours: 0 }))).toEqual({
    ok: false,
    reason: "not_connected",
  });
});
