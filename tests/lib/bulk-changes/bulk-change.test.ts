import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listRuns } from "#lib/runs/list-runs.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;
const opened: Bulk[] = [];

beforeEach(async () => {
  bulk = await openBulk();
  opened.push(bulk);
});
afterAll(() => Promise.all(opened.map((each) => each.end())));

const people = async (...list: [name: string, status: string][]) => {
  const made: Record<string, string> = {};
  for (const [name, status] of list) made[name] = await bulk.person(bulk.address(name), status);
  return made;
};
const statusOf = async (name: string) => (await bulk.user(bulk.address(name)))?.status;

const everybody: [string, string][] = [
  ["not", "not_invited"],
  ["inv", "invited"],
  ["signed", "signed_up"],
  ["act", "active"],
  ["sus", "suspended"],
  ["del", "deleted"],
];

describe("what is refused", () => {
  test("a change of nobody; nobody matches", async () => {
    await expect(bulk.ask({ action: "manage", people: [] })).rejects.toThrow("nobody");
    const runId = await bulk.preview({ action: "manage", filter: { search: "zzz" } });
    expect(await bulk.run(runId)).toMatchObject({
      state: "failed",
      failure: expect.stringContaining("Nobody"),
    });
  });

  test("people of another account, and people who are nobody's", async () => {
    const other = await openBulk();
    opened.push(other);
    const foreign = await other.person(other.address("foreign"), "active");
    const runId = await bulk.preview({
      action: "suspend",
      people: [foreign, "01900000-0000-7000-8000-000000000000"],
    });
    expect(await bulk.run(runId)).toMatchObject({ state: "failed" });
    expect((await other.user(other.address("foreign")))?.status).toBe("active");
  });

  test("whoever may not: asking, carrying out, cancelling; and reports of a kind that is not theirs", async () => {
    const { bea } = await people(["bea", "active"]);
    const runId = await bulk.preview({ action: "suspend", people: [bea as string] });
    const viewer = { ...bulk.actor, privileges: new Set(["users.view"] as const) };
    const importer = { ...bulk.actor, privileges: new Set(["enrollment.import"] as const) };
    await expect(bulk.ask({ action: "suspend", people: [bea as string] }, viewer)).rejects.toThrow(
      NotAllowed,
    );
    await expect(bulk.apply(runId, 1, viewer)).rejects.toThrow(NotAllowed);
    await expect(bulk.as("app", () => cancelRun(viewer, runId))).rejects.toThrow(NotAllowed);
    expect(await bulk.as("app", () => cancelRun(importer, runId))).toEqual({ ok: false, reason: "ended" });
    expect(await bulk.as("app", () => findRun(importer, runId))).toBeNull();
    expect(await bulk.as("app", () => findRun(viewer, runId))).toMatchObject({ kind: "bulk_change" });
    const listed = (actor: typeof bulk.actor) =>
      bulk.as("app", async () => (await listRuns(actor, { kind: ["import", "bulk_change"] })).runs.length);
    expect([await listed(importer), await listed(viewer)]).toEqual([0, 1]);
  });

  test("a wrong, missing or old count, a plan that was carried out or cancelled already", async () => {
    const { bea, cy } = await people(["bea", "active"], ["cy", "invited"]);
    const wish = { action: "suspend" as const, people: [bea as string, cy as string] };
    const runId = await bulk.preview(wish);
    for (const typed of [undefined, 0, 1, 3])
      expect(await bulk.apply(runId, typed)).toEqual({ ok: false, reason: "count_differs" });
    await bulk.sql`update runs set planned_at = now() - interval '61 minutes' where id = ${runId}`;
    expect(await bulk.apply(runId, 2)).toEqual({ ok: false, reason: "too_old" });
    await bulk.as("app", () => cancelRun(bulk.actor, runId));
    expect(await bulk.apply(runId, 2)).toEqual({ ok: false, reason: "not_planned" });
    expect([await statusOf("bea"), await statusOf("cy")]).toEqual(["active", "invited"]);
    const again = await bulk.change(wish, 2);
    expect(await bulk.apply(again, 2)).toEqual({ ok: false, reason: "not_planned" });
  });
});

describe("each person gets an outcome and a reason", () => {
  test("managing: Active people only, others are told why", async () => {
    await people(...everybody);
    const runId = await bulk.change({ action: "manage", filter: {} });
    const notActive = "skipped: Not Active: only Active people can be managed.";
    expect(await bulk.said(runId)).toEqual({
      "ada.owner": "updated: Made managed.",
      not: notActive,
      inv: notActive,
      signed: notActive,
      act: "updated: Made managed.",
      sus: notActive,
      del: "skipped: Is no longer here.",
    });
    expect(await bulk.run(runId)).toMatchObject({ state: "completed", rows_read: 7, updated: 2, skipped: 5 });
    expect([await bulk.managed(), await bulk.openSpans()]).toEqual([2, 2]);
    const spans =
      await bulk.sql`select managed_by, run_id from managed_spans where account_id = ${bulk.acme.id}`;
    expect(spans).toEqual(Array(2).fill({ managed_by: "Ada Owner", run_id: runId }));
    const again = await bulk.preview({ action: "manage", filter: { status: "active" } });
    expect(await bulk.said(again)).toEqual({
      "ada.owner": "unchanged: Is managed already.",
      act: "unchanged: Is managed already.",
    });
    expect(await bulk.apply(again)).toEqual({ ok: false, reason: "nobody" });
  });

  test("suspending and restoring: owners and oneself are protected, sessions and invitations end", async () => {
    await people(...everybody);
    await bulk.person(bulk.address("open"), "invited", 10);
    const suspended = await bulk.change({ action: "suspend", filter: {} }, 5);
    expect(await bulk.said(suspended)).toMatchObject({
      "ada.owner": "failed: Protected: the person who asks.",
      act: expect.stringMatching(/^deleted: Restorable until/),
      sus: "unchanged: Is suspended already.",
      del: "skipped: Is no longer here.",
    });
    expect(await bulk.sql`select state from invitations where account_id = ${bulk.acme.id}`).toEqual([
      { state: "revoked" },
    ]);
    const invited = await bulk.change({ action: "restore", filter: { search: "open" } });
    expect(await bulk.said(invited)).toEqual({ open: "activated" });
    expect(
      await bulk.sql`select state, ended_at from invitations where account_id = ${bulk.acme.id}`,
    ).toEqual([{ state: "open", ended_at: null }]);
    expect(await bulk.mails(bulk.address("open"))).toEqual([]);
    const restored = await bulk.change({ action: "restore", filter: { search: "act" } });
    expect(await bulk.said(restored)).toEqual({ act: "activated" });
    expect(await bulk.user(bulk.address("act"))).toMatchObject({ status: "active", suspended_at: null });
    expect(await bulk.mails(bulk.address("act"))).toMatchObject([{ kind: "account_activated" }]);
  });
});

describe("between the plan and its turn", () => {
  test("an owner is protected also from another admin, and when they became one after the plan was made", async () => {
    const { bea, cy } = await people(["bea", "active"], ["cy", "active"]);
    const admin = { ...bulk.actor, userId: cy as string, userName: "Cy" };
    await bulk.sql`insert into role_grants (account_id, user_id, role_id)
      select account_id, ${cy as string}, id from roles where account_id = ${bulk.acme.id} and kind = 'admin'`;
    const runId = await bulk.preview({ action: "suspend", filter: { status: "active" } }, admin);
    expect(await bulk.said(runId)).toMatchObject({
      "ada.owner": "failed: Protected: an owner, or the last admin.",
      cy: "failed: Protected: the person who asks.",
      bea: expect.stringContaining("deleted"),
    });
    expect(await bulk.apply(runId, 1, admin)).toEqual({ ok: true });
    await bulk.sql`insert into role_grants (account_id, user_id, role_id)
      select account_id, ${bea as string}, id from roles where account_id = ${bulk.acme.id} and kind = 'owner'`;
    await bulk.work(runId);
    expect((await bulk.said(runId)).bea).toMatch(/^skipped: Protected/);
    expect(await statusOf("bea")).toBe("active");
  });

  test("nobody suspends who may do more than they; asked again at its turn", async () => {
    const { bea, cy, di } = await people(["bea", "active"], ["cy", "active"], ["di", "active"]);
    const [help] = await bulk.sql`insert into roles (account_id, kind, name, privileges)
      values (${bulk.acme.id}, 'custom', 'Helpdesk', '{users.view,users.manage}') returning id`;
    const [full] = await bulk.sql`insert into roles (account_id, kind, name, privileges)
      values (${bulk.acme.id}, 'custom', 'Auditor', '{users.view,audit}') returning id`;
    const give = (user: string | undefined, role: string) =>
      bulk.sql`insert into role_grants (account_id, user_id, role_id) values (${bulk.acme.id}, ${user as string}, ${role})`;
    await give(bea, help?.id);
    await give(cy, full?.id);
    const helper = { ...bulk.actor, userId: bea as string, isOwner: false, userName: "Bea" };
    const runId = await bulk.preview({ action: "suspend", people: [cy as string, di as string] }, helper);
    expect(await bulk.said(runId)).toEqual({
      cy: "failed: Protected: this person may do what you may not.",
      di: expect.stringContaining("deleted"),
    });
    await bulk.sql`update users set status = 'suspended' where id = ${cy as string}`;
    const restoring = await bulk.preview({ action: "restore", people: [cy as string] }, helper);
    expect(await bulk.said(restoring)).toEqual({
      cy: "failed: Protected: this person may do what you may not.",
    });
    await bulk.sql`update users set status = 'active' where id = ${cy as string}`;
    expect(await bulk.apply(runId, 1, helper)).toEqual({ ok: true });
    await give(di, full?.id);
    await bulk.work(runId);
    expect((await bulk.said(runId)).di).toMatch(/^skipped: Protected/);
    expect([await statusOf("cy"), await statusOf("di")]).toEqual(["active", "active"]);
  });

  test("who was changed since the plan was made is left, and it is said", async () => {
    const { bea, cy } = await people(["bea", "active"], ["cy", "active"]);
    const runId = await bulk.preview({ action: "manage", people: [bea as string, cy as string] });
    await bulk.apply(runId);
    await bulk.sql`update users set title = 'Chief', version = version + 1 where id = ${bea as string}`;
    await bulk.work(runId);
    expect(await bulk.said(runId)).toEqual({
      bea: "skipped: Changed by someone else meanwhile; left as it is.",
      cy: "updated: Made managed.",
    });
    expect([await bulk.managed(), (await bulk.run(runId)).updated]).toEqual([1, 1]);
  });
});

describe("all that match", () => {
  test("are those whom the list shows under the same filter, and no other", async () => {
    await people(["ann", "active"], ["anna", "active"], ["annika", "invited"], ["bob", "active"]);
    const runId = await bulk.change({ action: "manage", filter: { search: "ann", status: "active" } });
    expect(Object.keys(await bulk.said(runId)).toSorted()).toEqual(["ann", "anna"]);
    const back = await bulk.change({ action: "unmanage", filter: { managed: true } });
    expect(await bulk.said(back)).toEqual({
      ann: "updated: Made unmanaged.",
      anna: "updated: Made unmanaged.",
    });
    expect([await bulk.managed(), await bulk.openSpans()]).toEqual([0, 0]);
  });
});
