import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { discardRemovals } from "#lib/runs/discard-removals.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

beforeEach(async () => {
  round += 1;
  await roster.sql`update users set status = 'deleted' where id <> ${roster.actor.userId}`;
});

const address = (n: number) => roster.address(`p${round}-${n}`);

/** So many active people, and lines that delete the first `removed` of them. */
async function crowd(people: number, removed: number): Promise<Line[]> {
  await roster.sql`insert into users (account_id, email, status, source)
    select ${roster.acme.id}, 'p' || ${round}::int || '-' || n || '@' || ${roster.acme.domain}::text, 'active', 'invite'
    from generate_series(1, ${people}) n`;
  return Array.from({ length: removed }, (_, n) => ({ email: address(n + 1), asked: "delete" }));
}

/** The actor of one of these people, who was given a role. */
async function given(kind: "owner" | "admin", email: string): Promise<UserActor> {
  const [role] = await roster.sql`insert into roles (account_id, kind, name)
    values (${roster.acme.id}, ${kind}, ${`${kind} ${email}`}) returning id`;
  const user = await roster.user(email);
  await roster.sql`insert into role_grants (account_id, role_id, user_id)
    values (${roster.acme.id}, ${role?.id}, ${user?.id})`;
  return { ...roster.actor, userId: user?.id };
}

const goOn = (runId: string) => roster.slice(runId, rosterKind([]));
const approve = async (runId: string, typed: number, actor = roster.actor) => {
  const approved = await roster.as("app", () => approveRemovals(actor, { runId, typed }));
  expect(approved).toEqual({ ok: true });
  await goOn(runId);
};
const apply = (runId: string, actor = roster.actor) =>
  roster.as("app", () => applyPlannedRun(actor, runId)).then(() => goOn(runId));
const statusOf = async (email: string) => (await roster.user(email))?.status;
const reasonOf = async (runId: string) => (await roster.entries(runId))[0]?.reason;

describe("what changes between a plan and its approval", () => {
  test("whoever became an owner stays, and the line says so", async () => {
    const runId = await roster.import(await crowd(99, 11));
    await given("owner", address(1));
    await approve(runId, 11);
    expect(await statusOf(address(1))).toBe("active");
    expect(await roster.run(runId)).toMatchObject({ removals: "approved", deleted: 10, skipped: 1 });
    expect(await reasonOf(runId)).toMatch(/^Protected/);
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("so does an admin who approves or applies their own removal", async () => {
    const runId = await roster.import(await crowd(99, 11));
    await approve(runId, 11, await given("admin", address(1)));
    expect(await statusOf(address(1))).toBe("active");
    expect(await roster.run(runId)).toMatchObject({ deleted: 10, skipped: 1 });
    const checked = await roster.import([{ email: address(20), asked: "delete" }], "check");
    await apply(checked, await given("admin", address(20)));
    expect(await statusOf(address(20))).toBe("active");
    expect(await reasonOf(checked)).toMatch(/^Protected/);
  });

  test("whoever became an owner before a plan within the bound was applied stays", async () => {
    const checked = await roster.import(await crowd(99, 2), "check");
    await given("owner", address(1));
    await apply(checked);
    expect([await statusOf(address(1)), await statusOf(address(2))]).toEqual(["active", "suspended"]);
  });
});

test("approved removals do not supersede those that wait in a run that mends lines", async () => {
  const lines = await crowd(99, 22);
  const first = await roster.import(lines.slice(0, 11));
  const mending = await roster.request();
  await roster.sql`update runs set mends = ${first} where id = ${mending}`;
  await roster.sliceOf(mending, lines.slice(11));
  await approve(first, 11);
  expect(await roster.run(mending)).toMatchObject({ removals: "waiting", waiting: 11 });
});

test("a run that was cancelled before its first range counts nothing as done, also when removals waited", async () => {
  const lines = [{ email: roster.address("never"), asked: "new" }, ...(await crowd(99, 11))];
  const runId = await roster.import(lines, "check");
  await roster.as("app", () => applyPlannedRun(roster.actor, runId));
  await roster.as("app", () => cancelRun(roster.actor, runId));
  await goOn(runId);
  expect(await roster.run(runId)).toMatchObject({
    state: "cancelled",
    removals: "discarded",
    created: 0,
    skipped: 11,
    waiting: 0,
  });
});

test("removals that are decided after the lines of their run are gone leave its counts as they are", async () => {
  const runId = await roster.import([
    { email: roster.address("kept"), asked: "new" },
    ...(await crowd(99, 11)),
  ]);
  const old = runId.replace(/^.{13}/, "01800000-0000");
  await roster.sql`update runs set id = ${old} where id = ${runId}`;
  expect(await roster.as("app", () => discardRemovals(roster.actor, old))).toEqual({ ok: true });
  expect(await roster.run(old)).toMatchObject({ removals: "discarded", created: 1 });
});

test("20,000 removals are held back and carried out in time, on tables without statistics", async () => {
  const runId = await roster.import(await crowd(20_000, 20_000));
  expect(await roster.run(runId)).toMatchObject({ removals: "waiting", waiting: 20_000 });
  await approve(runId, 20_000);
  expect(await roster.run(runId)).toMatchObject({ state: "completed", deleted: 20_000 });
});
