import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { discardRemovals } from "#lib/runs/discard-removals.ts";
import {
  code,
  cutEntry,
  emptyPageWithCookie,
  garbage,
  halfClose,
  hugeEntry,
  onEveryPage,
  onPage,
  reset,
  withoutPaging,
} from "#tests/support/ldap/faults.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
let fault: Fault | null;
const everybody = 120;
/** One of them is disabled in the directory from the beginning, and not brought in. */
const here = 119;

beforeEach(async () => {
  fault = null;
  sync = await openSync({
    people: everybody,
    mostInPage: 50,
    fault: (request, socket) => fault?.(request, socket) ?? false,
  });
  await sync.sync();
});
afterEach(() => sync.close());

const leave = (count: number): Entry[] => {
  const leaving = sync.people().slice(0, count);
  for (const { dn } of leaving) sync.remove(dn);
  return leaving;
};
const approve = (runId: string, typed: number) =>
  sync.as("app", () => approveRemovals(sync.actor, { runId, typed }));

describe("a directory that answers wrongly removes nobody", () => {
  const endless = onEveryPage(emptyPageWithCookie);
  test.each<[string, () => Fault, RegExp]>([
    ["the line is reset in the middle", () => onPage(2, reset), /broke off/],
    ["the line is closed in the middle", () => onPage(2, halfClose), /broke off/],
    ["half an entry", () => onPage(2, cutEntry), /broke off/],
    ["garbage", () => onPage(2, garbage), /answer broke off/],
    ["size limit", () => onPage(1, code(4)), /size limit/],
    ["time limit", () => onPage(2, code(3)), /time limit/],
    ["limit of the administrators", () => onPage(2, code(11)), /limit of its administrators/],
    ["busy", () => onPage(1, code(51)), /busy/],
    ["unavailable", () => onPage(2, code(52)), /busy/],
    ["empty pages without end", () => endless, /one empty page after the other/],
    ["an attribute of 50 MB", () => onPage(2, hugeEntry(50 * 1024 ** 2)), /more than 16 MB/],
    ["may not read any more", () => onPage(1, code(50)), /may not read/],
    ["the base is gone", () => onPage(1, code(32)), /Base DN does not exist/],
  ])("%s", async (_name, script, sentence) => {
    fault = script();
    const run = await sync.sync();
    const row = await sync.run(run);
    expect(row).toMatchObject({ state: "failed", deleted: 0, waiting: 0 });
    expect(row.failure).toMatch(sentence);
    expect(await sync.statuses()).toEqual({ not_invited: here });
    fault = null;
    expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed", deleted: 0 });
  });

  test("an empty answer fails the run, and nobody is changed", async () => {
    fault = onEveryPage(({ request, socket }) => code(0)({ request, socket, isFirst: true }));
    const row = await sync.run(await sync.sync());
    expect(row.failure).toMatch(/no people at all. That is never taken for the truth/);
    expect(await sync.statuses()).toEqual({ not_invited: here });
  });

  test("a server that ignores paging and tells of three: their absence is confirmed by nobody", async () => {
    fault = onPage(1, withoutPaging);
    const row = await sync.run(await sync.sync());
    expect(row).toMatchObject({ deleted: 0, waiting: 0 });
    expect(
      await sync.sql`select count(*)::int as n from users where external_id is not null and status = 'suspended'`,
    ).toEqual([{ n: 0 }]);
  });
});

describe("more leavers than a sync may remove", () => {
  test("within the bound they are suspended at once", async () => {
    leave(6);
    expect(await sync.run(await sync.sync())).toMatchObject({ deleted: 6, removals: "none" });
  });

  test("over it the rest is done and they wait, and the next run takes their place", async () => {
    leave(11);
    sync.change((sync.people()[0] as Entry).dn, { title: "Chief" });
    const run = await sync.sync();
    expect(await sync.run(run)).toMatchObject({
      state: "completed",
      removals: "waiting",
      waiting: 11,
      updated: 1,
      deleted: 0,
    });
    const later = await sync.sync();
    expect(await sync.run(run)).toMatchObject({ removals: "superseded" });
    expect(await sync.run(later)).toMatchObject({ removals: "waiting", waiting: 11 });
    expect(await sync.statuses()).toEqual({ not_invited: here });
  });
});

describe("removals that wait", () => {
  test("approved by their number; who is back by then is left out", async () => {
    const gone = leave(11);
    const run = await sync.sync();
    expect(await approve(run, 12)).toMatchObject({ ok: false, reason: "count_differs" });
    const [first] = gone as [Entry];
    const back = sync.directory.tree.put(first.dn, {});
    for (const [name, values] of first.attributes) back.attributes.set(name, values);
    expect(await approve(run, 11)).toEqual({ ok: true });
    await sync.work(run);
    expect(await sync.run(run)).toMatchObject({
      state: "completed",
      removals: "approved",
      deleted: 10,
    });
    expect(await sync.statuses()).toEqual({ not_invited: here - 10, suspended: 10 });
    const next = await sync.run(await sync.sync());
    expect(next).toMatchObject({ deleted: 0, removals: "none", activated: 0 });
  });

  test("approved while the directory cannot be asked: nobody is removed", async () => {
    leave(11);
    const run = await sync.sync();
    await approve(run, 11);
    await sync.directory.stop();
    await sync.work(run);
    expect(await sync.run(run)).toMatchObject({ state: "completed", removals: "discarded", deleted: 0 });
    expect(await sync.statuses()).toEqual({ not_invited: here });
    sync.directory.stop = async () => {};
  });

  test("discarded: nobody is removed, and the next run asks again", async () => {
    leave(11);
    const run = await sync.sync();
    expect(await sync.as("app", () => discardRemovals(sync.actor, run))).toEqual({ ok: true });
    expect(await sync.run(await sync.sync())).toMatchObject({ removals: "waiting", waiting: 11 });
  });

  test("a mistaken filter loses most of them: all wait, also in the run after that", async () => {
    const users = {
      mapping: "default" as const,
      attributes: {},
      exclusions: [],
      inviteNew: false,
      disabledBy: null,
    };
    await sync.settings("users", { users: { ...users, inclusion: "(l=Berlin)" } });
    const row = await sync.run(await sync.sync());
    expect(row).toMatchObject({ state: "completed", removals: "waiting", deleted: 0 });
    expect(row.waiting).toBeGreaterThan(60);
    expect(await sync.run(await sync.sync())).toMatchObject({ removals: "waiting", deleted: 0 });
    await sync.settings("users", { users: { ...users, inclusion: "" } });
    expect(await sync.run(await sync.sync())).toMatchObject({
      removals: "none",
      deleted: 0,
    });
    expect(await sync.statuses()).toEqual({ not_invited: here });
  });

  test("after a change of settings even one removal waits", async () => {
    const users = {
      mapping: "default" as const,
      attributes: {},
      exclusions: [],
      inviteNew: false,
      disabledBy: null,
    };
    await sync.settings("users", { users: { ...users, inclusion: "(!(uid=p0001))" } });
    expect(await sync.run(await sync.sync())).toMatchObject({ removals: "waiting", waiting: 1, deleted: 0 });
    expect(await sync.run(await sync.sync())).toMatchObject({ removals: "waiting", waiting: 1, deleted: 0 });
  });
});
