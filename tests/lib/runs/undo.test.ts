import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Line } from "./roster-run.ts";
import { openUndoing, type Undoing } from "./undo-run.ts";

let roster: Undoing;
let round = 0;

beforeAll(async () => {
  roster = await openUndoing();
  // So many that what these tests remove is far below the bound.
  await roster.crowd(400);
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);
const user = (name: string) => roster.user(address(name));

/** The outcome and the reason of the undo's line about this person. */
const told = async (undo: string, name: string) =>
  (await roster.entries(undo))
    .filter(({ email }) => email === address(name))
    .map(({ outcome, reason }) => [outcome, reason])[0];

/** One person of every status, and an import that changes all of them in every way that an import can. */
async function everything(): Promise<Line[]> {
  await roster.person(address("known"), "not_invited");
  await roster.person(address("expired"), "invited", -1);
  await roster.person(address("invited"), "invited", 5);
  await roster.person(address("active"), "active");
  await roster.person(address("leaver"), "active");
  await roster.person(address("invited-leaver"), "invited", 5);
  await roster.person(address("back"), "suspended");
  await roster.person(address("gone"), "deleted");
  await roster.sql`update users set status_before_suspension = 'active' where email = ${address("back")}`;
  return [
    { email: address("new"), asked: "new", first_name: "Nia", groups: "Staff;Team A" },
    { email: address("known"), asked: "new", first_name: "Ken" },
    { email: address("expired"), asked: "new", title: "Chief" },
    { email: address("invited"), asked: "update", title: "Chief", groups: "Staff" },
    { email: address("active"), asked: "update", cleared: "title", department: "R&D", groups: "Staff" },
    { email: address("leaver"), asked: "delete" },
    { email: address("invited-leaver"), asked: "delete" },
    { email: address("back"), asked: "activate" },
    { email: address("gone"), asked: "new", first_name: "Gus" },
    { email: "nobody", asked: "new", problem: "Line 10 is no address." },
  ];
}

describe("what an import did is taken back", () => {
  test("every kind of change, so that the account is as it was", async () => {
    const lines = await everything();
    const before = await roster.account();
    const run = await roster.import(lines, "apply", ["Groups"]);
    expect((await roster.outcomes(run)).join()).toBe(
      "new,new,new,updated,updated,deleted,deleted,activated,new,failed",
    );
    expect(await roster.account()).not.toEqual(before);
    const undo = await roster.undo(run);
    expect(await roster.account()).toEqual(before);
    expect(await roster.outcomes(undo)).toEqual([
      "deleted",
      "updated",
      "updated",
      "updated",
      "updated",
      "activated",
      "activated",
      "deleted",
      "updated",
    ]);
    expect((await roster.entries(undo)).map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(await roster.run(undo)).toMatchObject({ state: "completed", rows_read: 9, kind: "undo" });
  });

  test("nobody is mailed, and what was not sent yet has lost its point", async () => {
    const run = await roster.import(await everything());
    const mails = await roster.sql`select count(*)::int as n from emails`;
    const undo = await roster.undo(run);
    expect(await roster.sql`select count(*)::int as n from emails`).toEqual(mails);
    const open =
      await roster.sql`select i.id from invitations i where i.run_id = ${run} and i.state = 'open'`;
    expect(open).toEqual([]);
    expect(await roster.sql`select 1 from emails where run_id = ${undo}`).toEqual([]);
  });
});

describe("an undone import leaves nothing behind", () => {
  test("an import of the same file finds the people unknown again", async () => {
    const lines: Line[] = [{ email: address("again"), asked: "new", title: "Chief" }];
    const first = await roster.import(lines);
    await roster.undo(first);
    expect(await user("again")).toBeUndefined();
    expect(await roster.outcomes(await roster.import(lines))).toEqual(["new"]);
    expect(await user("again")).toMatchObject({ status: "invited", version: 1 });
  });

  test("each range leaves one event with a count and a hash", async () => {
    const undo = await roster.undo(await roster.import([{ email: address("audited"), asked: "new" }]));
    const events =
      await roster.sql`select action, details from audit_events where run_id = ${undo} order by id`;
    expect(events.map(({ action }) => action)).toEqual([
      "run.requested",
      "run.apply_requested",
      "run.range_applied",
      "run.completed",
    ]);
    expect(events[2]?.details).toMatchObject({ changes: 1, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("what waits for approval is not undone, and is not done afterwards", async () => {
    for (const name of ["w1", "w2"]) await roster.person(address(name), "active");
    await roster.sql`update accounts set removal_percent = 0`;
    const run = await roster.import([
      { email: address("w1"), asked: "delete" },
      { email: address("fresh"), asked: "new" },
    ]);
    await roster.sql`update accounts set removal_percent = null`;
    expect(await roster.outcomes(run)).toEqual(["waiting", "new"]);
    const undo = await roster.undo(run);
    expect(await roster.outcomes(undo)).toEqual(["deleted"]);
    expect(await roster.run(run)).toMatchObject({ removals: "discarded", waiting: 0, skipped: 1 });
    expect(await user("w1")).toMatchObject({ status: "active" });
  });
});

const imported = async (lines: Line[], fields: string[] = []) => roster.import(lines, "apply", fields);
const changeTo = (name: string, set: Record<string, string>) =>
  roster.sql`update users set ${roster.sql(set)}, version = version + 1 where email = ${address(name)}`;

describe("who has gone on since is left, and the line says why", () => {
  test("who has joined", async () => {
    await roster.person(address("known"), "not_invited");
    const run = await imported([
      { email: address("new"), asked: "new" },
      { email: address("known"), asked: "new", title: "Chief" },
    ]);
    await changeTo("new", { status: "active" });
    await changeTo("known", { status: "signed_up" });
    const { undo, people } = await roster.preview(run);
    expect(people).toBe(0);
    expect(await told(undo, "new")).toEqual(["skipped", expect.stringContaining("joined")]);
    expect(await told(undo, "known")).toEqual(["skipped", expect.stringContaining("joined")]);
    expect(await roster.apply(undo, 0)).toEqual({ ok: false, reason: "nobody" });
    expect(await user("known")).toMatchObject({ title: "Chief", status: "signed_up" });
  });

  test("field by field: what was changed since stays, the rest goes back", async () => {
    await roster.person(address("half"), "active");
    await roster.person(address("whole"), "active");
    const run = await imported([
      { email: address("half"), asked: "update", title: "Chief", first_name: "New" },
      { email: address("whole"), asked: "update", title: "Chief" },
    ]);
    await changeTo("half", { title: "Boss" });
    await changeTo("whole", { title: "Boss" });
    const undo = await roster.undo(run);
    expect(await user("half")).toMatchObject({ title: "Boss", first_name: "Old" });
    expect(await user("whole")).toMatchObject({ title: "Boss" });
    expect(await told(undo, "half")).toEqual(["updated", expect.stringMatching(/changed since: Title\.$/)]);
    expect(await told(undo, "whole")).toEqual(["skipped", expect.stringMatching(/Changed since.*Title/)]);
  });

  test("who was restored, suspended or given a role by somebody else", async () => {
    await roster.person(address("leaver"), "active");
    await roster.person(address("back"), "suspended");
    const run = await imported([
      { email: address("leaver"), asked: "delete" },
      { email: address("back"), asked: "activate" },
      { email: address("admin"), asked: "new" },
      { email: address("moved"), asked: "new" },
    ]);
    await changeTo("leaver", { title: "Seen" });
    await changeTo("back", { title: "Seen" });
    await changeTo("moved", { title: "Seen" });
    await roster.sql`insert into role_grants (account_id, role_id, user_id)
      select ${roster.acme.id}, (select id from roles limit 1), id from users where email = ${address("admin")}`;
    const { undo } = await roster.preview(run);
    const outcomes = await roster.entries(undo);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array(4).fill("skipped"));
    expect(outcomes[2]?.reason).toContain("administrator");
  });
});

describe("what else was changed since", () => {
  test("who changes between the plan and its undo", async () => {
    const run = await imported(
      ["stays", "moves", "promoted"].map((name) => ({ email: address(name), asked: "new" })),
    );
    const { undo, people } = await roster.preview(run);
    expect(people).toBe(3);
    await changeTo("moves", { title: "Seen" });
    await roster.sql`insert into role_grants (account_id, role_id, user_id)
      select ${roster.acme.id}, (select id from roles limit 1), id from users where email = ${address("promoted")}`;
    expect(await roster.apply(undo, 3)).toEqual({ ok: true });
    await roster.work(undo);
    expect(await roster.outcomes(undo)).toEqual(["deleted", "skipped", "skipped"]);
    expect(await told(undo, "moves")).toEqual(["skipped", expect.stringMatching(/Changed by someone else/)]);
    expect(await user("stays")).toBeUndefined();
    expect(await user("promoted")).toMatchObject({ status: "invited" });
    expect(await roster.run(undo)).toMatchObject({ state: "completed", deleted: 1, skipped: 2 });
  });

  test("an invitation that ran out meanwhile, or another that is open, is not opened again", async () => {
    for (const name of ["late", "other"]) await roster.person(address(name), "invited", 5);
    const run = await imported(["late", "other"].map((name) => ({ email: address(name), asked: "delete" })));
    await roster.sql`update invitations set expires_at = now() where email = ${address("late")}`;
    await roster.sql`insert into invitations (account_id, user_id, email, source, expires_at)
      select account_id, user_id, email, 'invite', now() + interval '1 day' from invitations where email = ${address("other")}`;
    await roster.undo(run);
    const open = await roster.sql`select email from invitations where state = 'open'
      and email in (${address("late")}, ${address("other")})`;
    expect(open.map(({ email }) => email)).toEqual([address("other")]);
    expect(await user("late")).toMatchObject({ status: "invited" });
  });

  test("groups that the person was in before are theirs still", async () => {
    const id = await roster.person(address("member"), "active");
    await imported([{ email: address("member"), asked: "update", groups: "Choir" }], ["Groups"]);
    const run = await imported(
      [{ email: address("member"), asked: "update", groups: "choir;Band" }],
      ["Groups"],
    );
    await roster.undo(run);
    const names = await roster.sql`select g.name from group_members m join groups g on g.id = m.group_id
      where m.user_id = ${id}`;
    expect(names.map(({ name }) => name)).toEqual(["Choir"]);
  });
});
