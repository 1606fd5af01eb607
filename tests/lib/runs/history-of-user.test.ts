import { afterAll, beforeAll, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { listHistoryOfUser } from "#lib/runs/list-history-of-user.ts";
import { editedFields, editUser } from "#lib/users/edit-user.ts";
import { findUser } from "#lib/users/find-user.ts";
import { suspendUser } from "#lib/users/suspend-user.ts";
import { openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const history = (userId: string, cursor: { after?: string; before?: string } = {}) =>
  roster.as("app", () => listHistoryOfUser(roster.actor, { userId, ...cursor }));

/** One change by hand. */
async function retitle(id: string, title: string): Promise<void> {
  const user = await roster.as("app", () => findUser(roster.actor, id));
  if (!user) throw new Error("there is no such person");
  const entries = editedFields.map((field) => [
    field,
    (field === "email" ? user.email : user.fields[field]) ?? "",
  ]);
  const shown = Object.fromEntries(entries);
  await roster.as("app", () =>
    editUser(roster.actor, { id, version: user.version, shown, typed: { ...shown, title } }),
  );
}

test("runs and hands, newest first, field by field, each with who it was", async () => {
  const email = roster.address("told");
  await roster.import([{ email, asked: "new", title: "Clerk" }], "apply", ["title"]);
  const id = (await roster.user(email))?.id;
  await retitle(id, "Chief");
  await roster.import([{ email, asked: "update", title: "Boss" }], "apply", ["title"]);
  await roster.as("app", () => suspendUser(roster.actor, id));
  const { changes, previous, next } = await history(id);
  expect([previous, next]).toEqual([null, null]);
  expect(
    changes.map(({ by, action, words, run, fields }) => [by, action ?? words, run?.fileName, fields]),
  ).toEqual([
    ["Ada Owner", "Suspended", undefined, [{ field: "status", before: "invited", after: "suspended" }]],
    ["Ada Owner", "update", "people.csv", [{ field: "title", before: "Chief", after: "Boss" }]],
    ["Ada Owner", "Fields changed", undefined, [{ field: "title", before: "Clerk", after: "Chief" }]],
    [
      "Ada Owner",
      "create",
      "people.csv",
      [
        { field: "title", before: null, after: "Clerk" },
        { field: "status", before: null, after: "invited" },
      ],
    ],
  ]);
});

test("what was only planned, left undone or cut off is not history; nor is a sign-in", async () => {
  const email = roster.address("planned");
  const id = await roster.person(email, "active");
  await roster.import([{ email, asked: "update", title: "Boss" }], "check", ["title"]);
  const cut = await roster.import([{ email, asked: "update", title: "Head" }], "apply", ["title"]);
  await roster.sql`update runs set state = 'cancelled', applied_to = 0 where id = ${cut}`;
  await roster.sql`insert into audit_events (account_id, actor_kind, actor_name, action, subject_kind, subject_id)
    values (${roster.acme.id}, 'user', 'Told', 'session.started', 'user', ${id})`;
  expect((await history(id)).changes).toEqual([]);
  await roster.sql`update runs set state = 'completed', applied_to = 1 where id = ${cut}`;
  expect((await history(id)).changes).toHaveLength(1);
});

test("pages forward and back, each change once", async () => {
  const id = await roster.person(roster.address("much"), "active");
  for (let turn = 0; turn < 30; turn += 1) await retitle(id, `Title ${turn}`);
  const first = await history(id);
  expect(first.changes).toHaveLength(25);
  const second = await history(id, { after: first.next ?? "" });
  expect(second.changes.map((change) => change.fields[0]?.after)).toEqual(
    [4, 3, 2, 1, 0].map((n) => `Title ${n}`),
  );
  expect(second.next).toBeNull();
  const back = await history(id, { before: second.previous ?? "" });
  expect(back.changes).toEqual(first.changes);
});

test("of nobody, of an id that is none, and for whoever may not look: nothing", async () => {
  expect((await history("0193b0a0-0000-7000-8000-000000000001")).changes).toEqual([]);
  expect((await history("1")).changes).toEqual([]);
  const poor = { ...roster.actor, privileges: new Set<never>() };
  await expect(
    roster.as("app", () => listHistoryOfUser(poor, { userId: roster.actor.userId })),
  ).rejects.toBeInstanceOf(NotAllowed);
});
