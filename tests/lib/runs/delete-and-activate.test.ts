import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRoster, type Roster, sound } from "./roster-run.ts";

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
  test("keeps the status that they had, and when; the invitation is revoked, sessions and one-time links are over", async () => {
    const email = address("gone");
    const id = await roster.person(email, "invited", 5);
    await roster.sql`insert into sessions (account_id, user_id, expires_at)
      values (${roster.acme.id}, ${id}, now() + interval '1 day')`;
    await roster.sql`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      values (${roster.acme.id}, ${id}, 'email_link', now() + interval '1 day')`;
    await roster.sql`insert into address_proofs (account_id, user_id, email, expires_at)
      values (${roster.acme.id}, ${id}, ${email}, now() + interval '1 day')`;
    await roster.import([{ email, asked: "delete" }]);
    expect(await roster.user(email)).toMatchObject({
      status: "suspended",
      status_before_suspension: "invited",
      version: 2,
    });
    const [left] = await roster.sql`
      select (select state from invitations where user_id = ${id}) as invitation,
        (select ended_at <= now() from sessions where user_id = ${id}) as over,
        (select expires_at <= now() from sign_in_tokens where user_id = ${id}) as link,
        (select expires_at <= now() from address_proofs where user_id = ${id}) as proof,
        (select suspended_at <= now() and suspended_at > now() - interval '1 minute' from users where id = ${id}) as stamped`;
    expect(left).toEqual({ invitation: "revoked", over: true, link: true, proof: true, stamped: true });
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
