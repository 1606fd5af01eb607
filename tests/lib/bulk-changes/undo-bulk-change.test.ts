import { afterAll, beforeEach, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { applyUndo } from "#lib/runs/apply-undo.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;
const opened: Bulk[] = [];

beforeEach(async () => {
  bulk = await openBulk();
  opened.push(bulk);
});
afterAll(() => Promise.all(opened.map((each) => each.end())));

const undo = async (runId: string) => {
  const asked = await bulk.as("app", () => requestUndo(bulk.actor, runId));
  if (!asked.ok) throw new Error(asked.reason);
  await bulk.work(asked.runId);
  const { updated, deleted, activated } = await bulk.run(asked.runId);
  const applied = await bulk.as("app", () =>
    applyUndo(bulk.actor, { runId: asked.runId, typed: updated + deleted + activated }),
  );
  if (applied.ok) await bulk.work(asked.runId);
  return { id: asked.runId, applied };
};
const actives = async (...names: string[]) => {
  const ids: string[] = [];
  for (const name of names) ids.push(await bulk.person(bulk.address(name), "active"));
  return ids;
};

test("managed people become unmanaged again, but for whom somebody has made managed anew since", async () => {
  const ids = await actives("bea", "cy", "di");
  const runId = await bulk.change({ action: "manage", people: ids });
  await bulk.change({ action: "unmanage", people: ids.slice(1) });
  await bulk.change({ action: "manage", people: ids.slice(2) });
  const { id } = await undo(runId);
  expect(await bulk.said(id)).toEqual({
    bea: "updated: Was made managed by that change; made unmanaged again.",
    cy: "unchanged: Is as before that change already.",
    di: "skipped: Changed since that change; left as they are.",
  });
  expect([await bulk.managed(), await bulk.openSpans()]).toEqual([1, 1]);
});

test("unmanaged people take a seat again, if there are as many; whoever loses one meanwhile is told", async () => {
  const ids = await actives("bea", "cy", "di");
  await bulk.change({ action: "manage", people: ids });
  const runId = await bulk.change({ action: "unmanage", people: ids });
  await bulk.limit(2);
  const refused = await undo(runId);
  expect(refused.applied).toEqual({ ok: false, reason: "too_few_seats", adds: 3, left: 2 });
  expect(await bulk.managed()).toBe(0);
  await bulk.limit(3);
  const asked = await bulk.as("app", () => applyUndo(bulk.actor, { runId: refused.id, typed: 3 }));
  expect(asked).toEqual({ ok: true });
  await bulk.limit(2);
  await bulk.work(refused.id);
  expect(await bulk.run(refused.id)).toMatchObject({ updated: 2, failed: 1 });
  expect([await bulk.managed(), await bulk.openSpans()]).toEqual([2, 2]);
});

test("suspended people are restored with their invitation, restored ones suspended", async () => {
  const [bea] = await actives("bea");
  await bulk.person(bulk.address("inv"), "invited", 10);
  const suspended = await bulk.change({ action: "suspend", filter: { search: "inv" } }, 1);
  const gone = await bulk.change({ action: "suspend", people: [bea as string] }, 1);
  const back = await bulk.change({ action: "restore", people: [bea as string] });
  await undo(suspended);
  expect(await bulk.user(bulk.address("inv"))).toMatchObject({ status: "invited" });
  expect(await bulk.sql`select state from invitations where account_id = ${bulk.acme.id}`).toEqual([
    { state: "open" },
  ]);
  await undo(back);
  expect(await bulk.user(bulk.address("bea"))).toMatchObject({ status: "suspended" });
  const again = await bulk.as("app", () => requestUndo(bulk.actor, back));
  expect(again).toEqual({ ok: false, reason: "undone" });
  expect((await bulk.run(gone)).state).toBe("completed");
});

test("is for whoever may change many people, and for no one who may only import", async () => {
  const ids = await actives("bea");
  const runId = await bulk.change({ action: "manage", people: ids });
  const as = (...held: ("users.view" | "enrollment.import" | "users.manage")[]) =>
    bulk.as("app", () => requestUndo({ ...bulk.actor, privileges: new Set(held) }, runId));
  await expect(as("users.view")).rejects.toThrow(NotAllowed);
  expect(await as("enrollment.import")).toEqual({ ok: false, reason: "not_undoable" });
  expect(await as("users.manage")).toMatchObject({ ok: true });
});
