import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Line, openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
  // So many that what these tests remove is far below the bound.
  await roster.crowd(400);
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);

describe("protected people", () => {
  const grant = async (userId: string, kind: "owner" | "admin") => {
    const [role] = await roster.sql`insert into roles (account_id, kind, name)
      values (${roster.acme.id}, ${kind}, ${`${kind} ${round} ${userId}`}) returning id`;
    await roster.sql`insert into role_grants (account_id, role_id, user_id)
      values (${roster.acme.id}, ${role?.id}, ${userId})`;
  };
  const verdictOn = async (email: string) => {
    const [entry] = await roster.entries(await roster.import([{ email, asked: "delete" }]));
    return [entry?.outcome, /protected/i.test(entry?.reason ?? "")];
  };

  test("an owner is never deleted by a file", async () => {
    const email = address("owner");
    await grant(await roster.person(email, "active"), "owner");
    expect(await verdictOn(email)).toEqual(["failed", true]);
  });

  test("nor is the person who imports it", async () => {
    const [me] = await roster.sql`select email from users where id = ${roster.actor.userId}`;
    expect(await verdictOn(me?.email)).toEqual(["failed", true]);
  });

  test("an admin is, while an owner is left; without one no admin is", async () => {
    const [first, second] = [address("admin-a"), address("admin-b")];
    await grant(await roster.person(first, "active"), "admin");
    await grant(await roster.person(second, "active"), "admin");
    expect(await verdictOn(first)).toEqual(["deleted", false]);
    await roster.sql`update users set status = 'suspended' where id in (
      select g.user_id from role_grants g join roles r on r.id = g.role_id where r.kind = 'owner')`;
    expect(await verdictOn(second)).toEqual(["failed", true]);
    await roster.sql`update users set status = 'active' where id in (
      select g.user_id from role_grants g join roles r on r.id = g.role_id where r.kind = 'owner')`;
  });
});

test("a file neither removes nor lets in again somebody who may do what its importer may not", async () => {
  const [auditor, gone] = [address("auditor"), address("gone")];
  const ids = [await roster.person(auditor, "active"), await roster.person(gone, "suspended")];
  await roster.sql`with role as (insert into roles (account_id, kind, name, privileges)
      values (${roster.acme.id}, 'custom', ${`Auditor ${round}`}, '{audit}') returning id)
    insert into role_grants (account_id, role_id, user_id)
    select ${roster.acme.id}, role.id, unnest(${ids}::uuid[]) from role`;
  const lines = [
    { email: auditor, asked: "delete" },
    { email: gone, asked: "activate" },
  ];
  const changeOwner = (kind: string, privileges: string) => roster.sql`update roles set kind = ${kind},
    privileges = ${privileges}::text[] where account_id = ${roster.acme.id} and name = 'Owner'`;
  await changeOwner("custom", "{enrollment.import}");
  expect(await roster.outcomes(await roster.import(lines))).toEqual(["failed", "failed"]);
  await changeOwner("owner", "{enrollment.import,audit}");
  expect(await roster.outcomes(await roster.import(lines))).toEqual(["deleted", "activated"]);
});

describe("unknown people", () => {
  const importWith = async (lines: Line[], options: object) => {
    const runId = await roster.request("check");
    await roster.sql`update runs set options = ${roster.sql.json(options as never)} where id = ${runId}`;
    await roster.sliceOf(runId, lines);
    return roster.entries(runId);
  };

  test("are created by Update only when that is asked for", async () => {
    const lines = [{ email: address("x"), asked: "update" }];
    expect(await importWith(lines, {})).toMatchObject([{ outcome: "failed" }]);
    expect(await importWith(lines, { createUnknown: true })).toMatchObject([{ outcome: "new" }]);
  });
});

describe("groups", () => {
  const groupsOf = async (email: string) =>
    (
      await roster.sql`select g.name from group_members m join groups g on g.id = m.group_id
        join users u on u.id = m.user_id where u.email = ${email} order by g.name`
    ).map((row) => row.name);

  test("a file adds to them, makes the missing ones once, and never removes", async () => {
    const [ada, grace] = [address("ada"), address("grace")];
    await roster.person(ada, "active");
    const first = [
      { email: ada, asked: "update", groups: "Sales;North" },
      { email: grace, asked: "new", groups: "sales" },
    ];
    expect(await roster.outcomes(await roster.import(first, "apply", ["Groups"]))).toEqual([
      "updated",
      "new",
    ]);
    expect([await groupsOf(ada), await groupsOf(grace)]).toEqual([["North", "Sales"], ["Sales"]]);
    const second = await roster.import([{ email: ada, asked: "update", groups: "SALES;South" }], "apply", [
      "Groups",
    ]);
    expect(await roster.outcomes(second)).toEqual(["updated"]);
    expect(await groupsOf(ada)).toEqual(["North", "Sales", "South"]);
    const third = await roster.import([{ email: ada, asked: "update", groups: "South;North" }], "apply", [
      "Groups",
    ]);
    expect(await roster.outcomes(third)).toEqual(["unchanged"]);
  });

  test("one that gives a role is closed to a file of somebody who may not give that role", async () => {
    const [ada, grace, mallory] = [address("ada"), address("grace"), address("mallory")];
    const groups = `Helpdesk${round}`;
    await roster.person(ada, "active");
    await roster.import([{ email: grace, asked: "new", groups }], "apply", ["Groups"]);
    await roster.sql`
      with given as (insert into roles (account_id, kind, name, privileges)
        values (${roster.acme.id}, 'custom', ${groups}, '{audit}') returning id)
      insert into group_role_grants (account_id, group_id, role_id)
      select ${roster.acme.id}, g.id, given.id from groups g, given where g.name = ${groups}`;
    await roster.sql`update roles set kind = 'custom', privileges = '{enrollment.import}'
      where account_id = ${roster.acme.id} and name = 'Owner'`;
    const lines = [
      { email: ada, asked: "update", groups: groups.toUpperCase() },
      { email: mallory, asked: "new", groups: `North;${groups}` },
      { email: grace, asked: "update", groups, title: "Lead" },
    ];
    const entries = await roster.entries(await roster.import(lines, "apply", ["Groups"]));
    expect(entries.map((entry) => entry.outcome)).toEqual(["failed", "failed", "updated"]);
    expect(entries[0]?.reason).toContain("gives a role that you may not give");
    expect(await groupsOf(ada)).toEqual([]);
    await roster.sql`update roles set kind = 'owner', privileges = '{enrollment.import,audit}'
      where account_id = ${roster.acme.id} and name = 'Owner'`;
    const again = await roster.import(lines.slice(0, 2), "apply", ["Groups"]);
    expect(await roster.outcomes(again)).toEqual(["updated", "new"]);
    expect(await groupsOf(ada)).toEqual([groups]);
  });
});
