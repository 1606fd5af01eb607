import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { openUndoing, type Undoing } from "./undo-run.ts";

let roster: Undoing;
let round = 0;

beforeAll(async () => {
  roster = await openUndoing();
  await roster.crowd(400);
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);
const group = () => `Helpdesk${round}`;

const giveRoleToGroup = () => roster.sql`
  with given as (insert into roles (account_id, kind, name, privileges)
    values (${roster.acme.id}, 'custom', ${group()}, '{audit}') returning id)
  insert into group_role_grants (account_id, group_id, role_id)
  select ${roster.acme.id}, g.id, given.id from groups g, given where g.name = ${group()}`;

const asHelpdesk = async (work: () => Promise<unknown>) => {
  await roster.sql`update roles set kind = 'custom', privileges = '{enrollment.import}'
    where account_id = ${roster.acme.id} and name = 'Owner'`;
  await work();
  await roster.sql`update roles set kind = 'owner', privileges = '{enrollment.import,audit}'
    where account_id = ${roster.acme.id} and name = 'Owner'`;
};

const members = async () =>
  (
    await roster.sql`select u.email from group_members m join groups g on g.id = m.group_id
      join users u on u.id = m.user_id where g.name = ${group()} order by u.email`
  ).map(({ email }) => email);

/** The first is in the group already, so that it is there. */
async function twoPeople(): Promise<string[]> {
  const [ada, grace] = [address("ada"), address("grace")];
  await roster.person(ada, "active");
  await roster.person(grace, "active");
  await roster.import([{ email: ada, asked: "update", groups: group() }], "apply", ["Groups"]);
  return [ada, grace];
}

test("a group that gets a role after a file was checked is closed to it when it is applied", async () => {
  const [ada = "", grace = ""] = await twoPeople();
  const lines = [
    { email: grace, asked: "update", groups: group() },
    { email: ada, asked: "update", title: "Lead" },
  ];
  const checked = await roster.import(lines, "check", ["Groups"]);
  await giveRoleToGroup();
  await asHelpdesk(async () => {
    expect(await roster.as("app", () => applyPlannedRun(roster.actor, checked))).toEqual({ ok: true });
    await roster.sliceOf(checked, lines);
  });
  expect(await members()).toEqual([ada]);
  const entries = await roster.entries(checked);
  expect(entries.map(({ outcome }) => outcome)).toEqual(["skipped", "updated"]);
  expect(entries[0]?.reason).toContain("gives a role by now");
  expect(await roster.run(checked)).toMatchObject({ state: "completed" });
});

test("an undo takes nobody out of a group that gives a role, be it given before the preview or after", async () => {
  const [ada = "", grace = ""] = await twoPeople();
  const lines = [{ email: grace, asked: "update", groups: group(), title: "Lead" }];
  const first = await roster.import(lines, "apply", ["Groups"]);
  const second = await roster.import([{ ...lines[0], email: address("ben"), asked: "new" }], "apply", [
    "Groups",
  ]);
  const early = await roster.preview(first);
  await giveRoleToGroup();
  await roster.apply(early.undo, early.people);
  await roster.work(early.undo);
  expect((await roster.entries(early.undo))[0]?.reason).toContain("gives a role by now");
  expect(await members()).toEqual([ada, address("ben"), grace].toSorted());
  await roster.undo(second).catch(() => {});
  expect(await members()).toEqual([ada, address("ben"), grace].toSorted());
});

test("the line of an undo says in which group the person stays", async () => {
  const [ada = "", grace = ""] = await twoPeople();
  const run = await roster.import(
    [{ email: grace, asked: "update", groups: group(), title: "Lead" }],
    "apply",
    ["Groups"],
  );
  await giveRoleToGroup();
  const undo = await roster.undo(run);
  expect(await roster.entries(undo)).toMatchObject([
    {
      outcome: "updated",
      reason: `Put back as before that import. Stays in ${group()}, which gives a role.`,
    },
  ]);
  expect(await members()).toEqual([ada, grace].toSorted());
  expect((await roster.user(grace))?.title).toBe("Clerk");
});
