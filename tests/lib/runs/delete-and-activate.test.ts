import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Line, openRoster, type Roster, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
  // So many that what these tests remove is far below the bound.
  await roster.sql`insert into users (account_id, email, status, source)
    select ${roster.acme.id}, 'crowd' || n || '@crowd.test', 'active', 'invite' from generate_series(1, 400) n`;
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);

type Case = {
  asked: "delete" | "activate";
  before?: [status: string, invitedForDays?: number, beforeSuspension?: string];
  outcome: string;
  reason?: RegExp;
  status?: string;
  mails?: number;
};

const cases: Case[] = [
  { asked: "delete", outcome: "failed", reason: /nobody here/i },
  {
    asked: "delete",
    before: ["not_invited"],
    outcome: "deleted",
    reason: /restorable until/i,
    status: "suspended",
  },
  {
    asked: "delete",
    before: ["invited", 5],
    outcome: "deleted",
    reason: /restorable until/i,
    status: "suspended",
  },
  {
    asked: "delete",
    before: ["invited", -1],
    outcome: "deleted",
    reason: /restorable until/i,
    status: "suspended",
  },
  {
    asked: "delete",
    before: ["signed_up"],
    outcome: "deleted",
    reason: /restorable until/i,
    status: "suspended",
  },
  {
    asked: "delete",
    before: ["active"],
    outcome: "deleted",
    reason: /restorable until/i,
    status: "suspended",
  },
  { asked: "delete", before: ["suspended"], outcome: "unchanged", status: "suspended" },
  { asked: "delete", before: ["deleted"], outcome: "failed", reason: /nobody here/i, status: "deleted" },
  { asked: "activate", outcome: "failed", reason: /nobody here/i },
  {
    asked: "activate",
    before: ["not_invited"],
    outcome: "failed",
    reason: /has not joined. Use New/,
    status: "not_invited",
  },
  {
    asked: "activate",
    before: ["invited", 5],
    outcome: "failed",
    reason: /has not joined. Use New/,
    status: "invited",
  },
  {
    asked: "activate",
    before: ["signed_up"],
    outcome: "failed",
    reason: /not validated/,
    status: "signed_up",
  },
  { asked: "activate", before: ["active"], outcome: "unchanged", status: "active" },
  {
    asked: "activate",
    before: ["suspended", undefined, "active"],
    outcome: "activated",
    status: "active",
    mails: 1,
  },
  {
    asked: "activate",
    before: ["suspended", undefined, "signed_up"],
    outcome: "activated",
    status: "signed_up",
    mails: 1,
  },
  { asked: "activate", before: ["deleted"], outcome: "failed", reason: /nobody here/i, status: "deleted" },
];

test.each(cases)("$asked, $before: $outcome", async ({ asked, before, outcome, reason, status, mails }) => {
  const email = address("cell");
  if (before) {
    const id = await roster.person(email, before[0], before[1]);
    if (before[0] === "suspended")
      await roster.sql`update users set suspended_at = now(), status_before_suspension = ${before[2] ?? null} where id = ${id}`;
  }
  const runId = await roster.import([{ email, asked, first_name: "New" }]);
  const [entry] = await roster.entries(runId);
  expect(entry).toMatchObject({ outcome, asked });
  if (reason) expect(entry?.reason).toMatch(reason);
  const user = await roster.user(email);
  expect(user?.status).toBe(status);
  if (user) expect(user.first_name).toBe("Old");
  expect(await roster.mails(email)).toHaveLength(mails ?? 0);
  expect(await roster.sums(runId)).toEqual({ ...sound, mails_missing: 0 - (mails ?? 0) });
});

describe("a person who is deleted by a file", () => {
  test("keeps the status that they had, and when; the invitation is revoked and the sessions are over", async () => {
    const email = address("gone");
    const id = await roster.person(email, "invited", 5);
    await roster.sql`insert into sessions (account_id, user_id, expires_at)
      values (${roster.acme.id}, ${id}, now() + interval '1 day')`;
    await roster.import([{ email, asked: "delete" }]);
    expect(await roster.user(email)).toMatchObject({
      status: "suspended",
      status_before_suspension: "invited",
      version: 2,
    });
    const [left] = await roster.sql`
      select (select state from invitations where user_id = ${id}) as invitation,
        (select ended_at <= now() from sessions where user_id = ${id}) as over,
        (select suspended_at <= now() and suspended_at > now() - interval '1 minute' from users where id = ${id}) as stamped`;
    expect(left).toEqual({ invitation: "revoked", over: true, stamped: true });
  });

  test("comes back with Activate as they were, and is told once", async () => {
    const email = address("back");
    await roster.person(email, "active");
    await roster.import([{ email, asked: "delete" }]);
    const runId = await roster.import([{ email, asked: "activate" }]);
    expect(await roster.user(email)).toMatchObject({
      status: "active",
      status_before_suspension: null,
      suspended_at: null,
    });
    expect((await roster.mails(email)).map(({ kind, run_id }) => ({ kind, run_id }))).toEqual([
      { kind: "account_activated", run_id: runId },
    ]);
  });

  test("is told of an account that is gone for good only as unknown, and New adds them again", async () => {
    const email = address("revived");
    await roster.person(email, "deleted");
    const runId = await roster.import([{ email, asked: "new" }]);
    expect(await roster.outcomes(runId)).toEqual(["new"]);
    expect(await roster.user(email)).toMatchObject({ status: "invited", suspended_at: null });
    expect(await roster.mails(email)).toHaveLength(1);
  });
});

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
});
