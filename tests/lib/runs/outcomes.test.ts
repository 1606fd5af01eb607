import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Line, openRoster, type Roster, sound } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

type Case = {
  of: string;
  before?: [status: string, invitedForDays?: number];
  asked?: string;
  outcome: string;
  reason?: RegExp;
  status?: string;
  mails: number;
  filled: boolean;
};

/** What a person is, what the line asks for, and what comes of it. */
const cases: Case[] = [
  { of: "new-unknown", asked: "new", outcome: "new", status: "invited", mails: 1, filled: true },
  {
    of: "new-not-invited",
    before: ["not_invited"],
    asked: "new",
    outcome: "new",
    reason: /invited now/,
    status: "invited",
    mails: 1,
    filled: true,
  },
  {
    of: "new-expired",
    before: ["invited", -1],
    asked: "new",
    outcome: "new",
    reason: /invited now/,
    status: "invited",
    mails: 1,
    filled: true,
  },
  {
    of: "new-invited",
    before: ["invited", 5],
    asked: "new",
    outcome: "skipped",
    reason: /already invited/i,
    status: "invited",
    mails: 0,
    filled: false,
  },
  {
    of: "new-signed-up",
    before: ["signed_up"],
    asked: "new",
    outcome: "skipped",
    reason: /already a user/i,
    status: "signed_up",
    mails: 0,
    filled: false,
  },
  {
    of: "new-active",
    before: ["active"],
    asked: "new",
    outcome: "skipped",
    reason: /already a user/i,
    status: "active",
    mails: 0,
    filled: false,
  },
  {
    of: "new-suspended",
    before: ["suspended"],
    asked: "new",
    outcome: "failed",
    reason: /use activate/i,
    status: "suspended",
    mails: 0,
    filled: false,
  },
  { of: "update-unknown", asked: "update", outcome: "failed", reason: /nobody/i, mails: 0, filled: false },
  ...["not_invited", "signed_up", "active", "suspended"].map(
    (status): Case => ({
      of: `update-${status.replace("_", "-")}`,
      before: [status],
      asked: "update",
      outcome: "updated",
      status,
      mails: 0,
      filled: true,
    }),
  ),
  {
    of: "update-invited",
    before: ["invited", 5],
    asked: "update",
    outcome: "updated",
    status: "invited",
    mails: 0,
    filled: true,
  },
  {
    of: "update-expired",
    before: ["invited", -1],
    asked: "update",
    outcome: "updated",
    status: "invited",
    mails: 0,
    filled: true,
  },
  { of: "plain-unknown", outcome: "new", status: "invited", mails: 1, filled: true },
  { of: "plain-active", before: ["active"], outcome: "updated", status: "active", mails: 0, filled: true },
  {
    of: "plain-not-invited",
    before: ["not_invited"],
    outcome: "updated",
    status: "not_invited",
    mails: 0,
    filled: true,
  },
];

describe("what comes of a line, by what the person is here", () => {
  let runId: string;

  beforeAll(async () => {
    for (const { of, before } of cases) if (before) await roster.person(roster.address(of), ...before);
    const lines = cases.map(
      ({ of, asked }): Line => ({
        email: roster.address(of),
        first_name: "New",
        ...(asked ? { asked } : {}),
      }),
    );
    runId = await roster.import(lines);
  });

  test.each(cases)("$of: $outcome", async ({ of, outcome, reason, status, mails, filled }) => {
    const email = roster.address(of);
    const entry = (await roster.entries(runId)).find((each) => each.email === email);
    expect(entry?.outcome).toBe(outcome);
    if (reason) expect(entry?.reason).toMatch(reason);
    const user = await roster.user(email);
    expect(user?.status).toBe(status);
    expect(user?.first_name).toBe(user ? (filled ? "New" : "Old") : undefined);
    expect(await roster.mails(email)).toHaveLength(mails);
  });

  test("the sums of the run are those of its rows", async () => {
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("what a file without the status column asked for is told", async () => {
    const asked = new Map((await roster.entries(runId)).map((entry) => [entry.email, entry.asked]));
    expect([asked.get(roster.address("plain-unknown")), asked.get(roster.address("plain-active"))]).toEqual([
      "new",
      "update",
    ]);
  });

  test("an invitation that expired gives way to the new one: one open one an address", async () => {
    const states = await roster.sql`
      select state, run_id from invitations where email = ${roster.address("new-expired")} order by created_at`;
    expect(states.map((row) => ({ ...row }))).toEqual([
      { state: "expired", run_id: null },
      { state: "open", run_id: runId },
    ]);
  });

  test("an invited person's own invitation is left as it was", async () => {
    const states =
      await roster.sql`select state, generation, run_id from invitations where email = ${roster.address("new-invited")}`;
    expect(states.map((row) => ({ ...row }))).toEqual([{ state: "open", generation: 1, run_id: null }]);
  });

  test("a created person is unmanaged, awaits validation and comes from the import", async () => {
    expect(await roster.user(roster.address("new-unknown"))).toMatchObject({
      managed: false,
      email_validation: "pending",
      source: "import",
      version: 1,
    });
  });

  test("the account's days decide how long the invitation lives", async () => {
    const [row] = await roster.sql`
      select round(extract(epoch from expires_at - created_at) / 86400)::int as days, invited_by
      from invitations where email = ${roster.address("new-unknown")}`;
    expect(row).toEqual({ days: 14, invited_by: roster.actor.userId });
  });
});
