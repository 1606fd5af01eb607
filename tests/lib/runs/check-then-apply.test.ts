import { afterAll, beforeAll, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { applyPlannedRun } from "#lib/runs/apply-planned-run.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const apply = (runId: string, actor = roster.actor) => roster.as("app", () => applyPlannedRun(actor, runId));
const view = (runId: string) => roster.as("app", () => findRun(roster.actor, runId));

function lines(): Line[] {
  round += 1;
  return ["a", "b", "c"].map((name) => ({
    email: roster.address(`${name}${round}`),
    asked: "new",
    title: "Chief",
  }));
}

const plan = (runId: string) => roster.sql`
  select position, user_id, invitation_id, action, email, title from run_changes where run_id = ${runId} order by position`;

const traces = async () =>
  (
    await roster.sql`select (select count(*)::int from users) as people, (select count(*)::int from invitations) as invitations,
      (select count(*)::int from emails) as mails`
  )[0];

test("a check plans and changes nobody; it may be applied as it is", async () => {
  const before = await traces();
  const runId = await roster.import(lines(), "check");
  expect(await roster.sums(runId)).toMatchObject({ ...sound, state: "planned", invitations_missing: 3 });
  expect(await traces()).toEqual(before);
  expect(await view(runId)).toMatchObject({ state: "planned", applicable: true, counts: { created: 3 } });
});

test("applying makes exactly what was planned: the same people and invitations, by id", async () => {
  const runId = await roster.import(lines(), "check");
  const planned = await plan(runId);
  expect(await apply(runId)).toEqual({ ok: true });
  expect(await view(runId)).toMatchObject({ state: "planned", applicable: false });
  await roster.slice(runId, rosterKind([]));
  expect(await roster.sums(runId)).toEqual(sound);
  expect(await plan(runId)).toEqual(planned);
  const people = await roster.sql`
    select u.id as user_id, i.id as invitation_id, u.email, u.title from users u join invitations i on i.user_id = u.id
    where i.run_id = ${runId} order by u.email`;
  expect(people).toEqual(
    planned.map(({ user_id, invitation_id, email, title }) => ({ user_id, invitation_id, email, title })),
  );
});

test("of ten that apply at once one is taken, and everybody is invited once", async () => {
  const runId = await roster.import(lines(), "check");
  const answers = await Promise.all(Array.from({ length: 10 }, () => apply(runId)));
  expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok)).toEqual(Array(9).fill({ ok: false, reason: "not_planned" }));
  await Promise.all([roster.slice(runId, rosterKind([])), roster.slice(runId, rosterKind([]))]);
  expect(await roster.sums(runId)).toEqual(sound);
  expect(await apply(runId)).toEqual({ ok: false, reason: "not_planned" });
});

test("of an apply and a cancel at once one has its way", async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const runId = await roster.import(lines(), "check");
    const [applied] = await Promise.all([
      apply(runId),
      roster.as("app", () => cancelRun(roster.actor, runId)),
    ]);
    await roster.slice(runId, rosterKind([]));
    const run = await roster.run(runId);
    expect(run.state).toBe("cancelled");
    expect(run.created).toBe(0);
    expect(applied.ok ? run.mode : "check").toBe(run.mode);
  }
});

test("a plan of an hour ago is refused, and so is one that never was", async () => {
  const runId = await roster.import(lines(), "check");
  await roster.sql`update runs set planned_at = now() - interval '60 minutes 1 second' where id = ${runId}`;
  expect(await view(runId)).toMatchObject({ applicable: false });
  expect(await apply(runId)).toEqual({ ok: false, reason: "too_old" });
  expect(await apply("0190a000-0000-7000-8000-000000000001")).toEqual({ ok: false, reason: "not_planned" });
  expect((await roster.run(runId)).mode).toBe("check");
});

test("who has changed since the check is left as they are: nobody has seen another plan for them", async () => {
  const [moved, still] = [roster.address("moved"), roster.address("still")];
  for (const email of [moved, still]) await roster.person(email, "active");
  const update = { asked: "update", title: "Chief", department: "Sales" };
  const runId = await roster.import(
    [
      { email: moved, ...update },
      { email: still, ...update },
    ],
    "check",
  );
  await roster.sql`update users set title = 'Head', version = version + 1 where email = ${moved}`;
  await apply(runId);
  await roster.slice(runId, rosterKind([]));
  expect(await roster.entries(runId)).toMatchObject([
    { outcome: "skipped", reason: expect.stringMatching(/meanwhile/) },
    { outcome: "updated" },
  ]);
  expect(await roster.user(moved)).toMatchObject({ title: "Head", department: null });
  expect(await roster.sums(runId)).toEqual(sound);
});

test.each([
  ["the clear word", "update accounts set clear_word = '--'", "update accounts set clear_word = '-'"],
  [
    "the domains",
    "insert into account_domains select id, 'more.test', now() from accounts",
    "delete from account_domains where domain = 'more.test'",
  ],
  ["the bound", "update accounts set removal_percent = 1", "update accounts set removal_percent = null"],
])("a plan made under other settings is refused: %s", async (_name, change, back) => {
  const runId = await roster.import(lines(), "check");
  await roster.sql.unsafe(change);
  expect(await view(runId)).toMatchObject({ applicable: false });
  expect(await apply(runId)).toEqual({ ok: false, reason: "settings_changed" });
  await roster.sql.unsafe(back);
  expect(await apply(runId)).toEqual({ ok: true });
});

test("a checked plan does not hold up another import, and waits for it when it is applied meanwhile", async () => {
  const checked = await roster.import(lines(), "check");
  const other = await roster.import(lines());
  expect((await roster.run(other)).state).toBe("completed");
  const busy = await roster.request();
  await roster.sql`update runs set state = 'applying' where id = ${busy}`;
  await apply(checked);
  await roster.slice(checked, rosterKind([]));
  expect(await roster.run(checked)).toMatchObject({ state: "planned", lease: null, applied_to: 0 });
  await roster.sql`update runs set state = 'failed' where id = ${busy}`;
  await roster.slice(checked, rosterKind([]));
  expect(await roster.sums(checked)).toEqual(sound);
});

test("who may not import may not apply", async () => {
  const runId = await roster.import(lines(), "check");
  await expect(apply(runId, { ...roster.actor, privileges: new Set(["users.view"]) })).rejects.toBeInstanceOf(
    NotAllowed,
  );
  expect((await roster.run(runId)).mode).toBe("check");
});
