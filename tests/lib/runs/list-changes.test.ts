import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { discardRemovals } from "#lib/runs/discard-removals.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openRoster, type Roster } from "./roster-run.ts";

type View = Omit<Parameters<typeof listChanges>[1], "runId">;

let roster: Roster;
let runId: string;

beforeAll(async () => {
  roster = await openRoster();
  for (const [name, status] of [
    ["ada", "active"],
    ["expired", "invited"],
    ["leaver", "active"],
    ["back", "suspended"],
    ["same", "active"],
  ] as const)
    await roster.person(roster.address(name), status);
  runId = await roster.import(
    [
      { email: "nobody", problem: "Line 2: no." },
      { email: roster.address("new"), asked: "new", first_name: "Grace", city: "Arlington" },
      {
        email: roster.address("ada"),
        asked: "update",
        title: "Chief",
        cleared: "first_name",
        groups: "Staff;Chess",
      },
      { email: roster.address("expired"), asked: "new", title: "Clerk" },
      { email: roster.address("leaver"), asked: "delete" },
      { email: roster.address("back"), asked: "activate" },
      { email: roster.address("same"), asked: "update", title: "Clerk" },
    ],
    "check",
    ["Email ID", "Groups"],
  );
});

afterAll(() => roster.end());

const page = (view: View = {}, id = runId, actor = roster.actor) =>
  roster.as("app", () => listChanges(actor, { runId: id, ...view }));

describe("the changes of a plan", () => {
  test("tell each person's fields before and after, in the order of the file", async () => {
    const { changes, matching } = await page();
    expect(matching).toEqual({ count: 5, capped: false });
    expect(changes.map(({ line, kind }) => [line, kind])).toEqual([
      [3, "create"],
      [4, "update"],
      [5, "invite"],
      [6, "suspend"],
      [7, "restore"],
    ]);
    expect(changes[0]).toMatchObject({ email: roster.address("new"), name: "Grace", outcome: "new" });
    expect(changes[0]?.fields).toEqual([
      { field: "first_name", before: null, after: "Grace" },
      { field: "city", before: null, after: "Arlington" },
      { field: "status", before: null, after: "invited" },
    ]);
    expect(changes[1]).toMatchObject({ name: "Old", groups: ["Chess", "Staff"] });
    expect(changes[1]?.fields).toEqual([
      { field: "first_name", before: "Old", after: null },
      { field: "title", before: "Clerk", after: "Chief" },
    ]);
    expect(changes[2]?.fields).toEqual([]);
    expect(changes[3]?.fields).toEqual([{ field: "status", before: "active", after: "suspended" }]);
    expect(changes[4]?.fields).toEqual([{ field: "status", before: "suspended", after: null }]);
  });

  test.each([
    ["create", [3], 1],
    ["update", [4, 5], 2],
    ["suspend", [6], 1],
    ["restore", [7], 1],
  ] as const)("of the kind %s", async (kind, lines, count) => {
    const listed = await page({ kind });
    expect(listed.changes.map(({ line }) => line)).toEqual(lines);
    expect(listed.matching).toEqual({ count, capped: false });
  });
});

test("pages go to both ends, every change once", async () => {
  const id = await roster.import(
    Array.from({ length: 120 }, (_, n) => ({ email: roster.address(`many${n}`), asked: "new" })),
  );
  const first = await page({}, id);
  const second = await page({ after: first.next ?? -1 }, id);
  const last = await page({ last: true }, id);
  expect([first, second, last].map(({ changes }) => [changes[0]?.line, changes.at(-1)?.line])).toEqual([
    [2, 51],
    [52, 101],
    [72, 121],
  ]);
  expect([first.previous, last.next, first.matching.count]).toEqual([null, null, 120]);
  expect((await page({ before: last.previous ?? -1 }, id)).changes.at(-1)?.line).toBe(71);
});

test("what waits, was discarded or was never come to is told as such", async () => {
  await roster.sql`insert into users (account_id, email, status, source)
    select ${roster.acme.id}, 'x' || n || '@' || ${roster.acme.domain}::text, 'active', 'invite' from generate_series(1, 60) n`;
  const gone = Array.from({ length: 50 }, (_, n) => ({
    email: roster.address(`x${n + 1}`),
    asked: "delete",
  }));
  const id = await roster.import(gone);
  const outcomes = async (of: string) => [
    ...new Set((await page({}, of)).changes.map(({ outcome }) => outcome)),
  ];
  expect(await outcomes(id)).toEqual(["waiting"]);
  expect((await page({ kind: "suspend" }, id)).matching.count).toBe(50);
  await roster.as("app", () => discardRemovals(roster.actor, id));
  expect(await outcomes(id)).toEqual(["skipped"]);
  expect((await page({ kind: "suspend" }, id)).matching.count).toBe(50);

  const check = await roster.import([{ email: roster.address("x1"), asked: "update", title: "T" }], "check");
  await roster.as("app", () => cancelRun(roster.actor, check));
  expect(await outcomes(check)).toEqual(["not_done"]);
});

test("another account, an unknown run and an admin without the privilege see nothing", async () => {
  const other = ownerOf(await roster.as("owner", () => makeAccount(Buffer.alloc(32).toString("base64"))));
  expect((await page({}, runId, other)).changes).toEqual([]);
  expect((await page({}, "0190a000-0000-7000-8000-000000000001")).changes).toEqual([]);
  const viewer = { ...roster.actor, privileges: new Set(["users.view"] as const) };
  expect((await page({}, runId, viewer)).changes).toEqual([]);
  const poor = { ...roster.actor, privileges: new Set(["audit"] as const) };
  await expect(page({}, runId, poor)).rejects.toBeInstanceOf(NotAllowed);
});
