import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RunKind } from "#lib/runs/run-kind.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;
let round = 0;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

beforeEach(() => {
  round += 1;
});

const address = (name: string) => roster.address(`${name}${round}`);

/** Stops after planning, lets `meanwhile` happen, then goes on. Answers which positions were planned again. */
async function runWith(lines: Line[], meanwhile: () => Promise<unknown>) {
  const runId = await roster.request();
  const kind = rosterKind(lines);
  const again: (number[] | undefined)[] = [];
  const planning = (onPlan: (only?: number[]) => unknown): RunKind => ({
    ...kind,
    plan: (run, range) => {
      onPlan(range.only);
      return kind.plan(run, range);
    },
  });
  const cut = new AbortController();
  await roster.slice(
    runId,
    planning(() => cut.abort()),
    cut.signal,
  );
  expect(await roster.run(runId)).toMatchObject({ planned_to: lines.length, applied_to: 0 });
  await meanwhile();
  await roster.slice(
    runId,
    planning((only) => again.push(only)),
  );
  expect(await roster.sums(runId)).toEqual(sound);
  return { runId, again };
}

const change = (email: string, title: string) =>
  roster.sql`update users set title = ${title}, version = version + 1 where email = ${email}`;

describe("a person who was changed between plan and apply", () => {
  test("is planned again by what they are now", async () => {
    const email = address("changed");
    await roster.person(email, "active");
    const { runId } = await runWith(
      [
        { email, asked: "update", title: "Chief", department: "Sales" },
        { email: address("other"), asked: "new" },
      ],
      () => change(email, "Chief"),
    );
    expect(await roster.user(email)).toMatchObject({ title: "Chief", department: "Sales", version: 3 });
    const [planned] =
      await roster.sql`select title, department, before from run_changes where run_id = ${runId} and position = 1`;
    expect(planned).toMatchObject({ title: null, department: "Sales", before: { title: "Chief" } });
  });

  test("is unchanged when the other change was the same", async () => {
    const email = address("same");
    await roster.person(email, "active");
    const { runId } = await runWith([{ email, asked: "update", title: "Chief" }], () =>
      change(email, "Chief"),
    );
    expect(await roster.outcomes(runId)).toEqual(["unchanged"]);
    expect(await roster.user(email)).toMatchObject({ version: 2 });
  });

  test("is not invited when they have joined meanwhile", async () => {
    const email = address("joined");
    await roster.person(email, "not_invited");
    const { runId } = await runWith(
      [{ email, asked: "new" }],
      () => roster.sql`update users set status = 'active', version = version + 1 where email = ${email}`,
    );
    expect(await roster.outcomes(runId)).toEqual(["skipped"]);
    expect(await roster.mails(email)).toEqual([]);
    expect(await roster.user(email)).toMatchObject({ status: "active" });
  });

  test("of many only those who changed are planned again", async () => {
    const emails = Array.from({ length: 50 }, (_, n) => address(`many${n}-`));
    for (const email of emails) await roster.person(email, "active");
    const { runId, again } = await runWith(
      emails.map((email) => ({ email, asked: "update", title: "Chief" })),
      async () => {
        await change(emails[6] ?? "", "Boss");
        await change(emails[31] ?? "", "Boss");
      },
    );
    expect(again).toEqual([[7, 32]]);
    expect(await roster.run(runId)).toMatchObject({ state: "completed", updated: 50 });
  });
});

describe("a person who came to be between plan and apply", () => {
  test("is not created a second time, and is told what they are now", async () => {
    const email = address("came");
    const { runId } = await runWith(
      [
        { email, asked: "new", title: "Chief" },
        { email: address("too"), asked: "new" },
      ],
      () => roster.person(email.toUpperCase(), "active"),
    );
    expect(await roster.outcomes(runId)).toEqual(["skipped", "new"]);
    expect((await roster.entries(runId))[0]?.reason).toMatch(/already a user/i);
    expect(await roster.mails(email)).toEqual([]);
  });

  test("is filled in by a file without the status column", async () => {
    const email = address("plain");
    const { runId } = await runWith([{ email, title: "Chief" }], () => roster.person(email, "active"));
    expect(await roster.outcomes(runId)).toEqual(["updated"]);
    expect((await roster.entries(runId))[0]?.asked).toBe("update");
    expect(await roster.user(email)).toMatchObject({ title: "Chief" });
  });
});

test("who changes once more while the new plan is made is skipped and said so; all others are applied", async () => {
  const [email, other] = [address("twice"), address("calm")];
  await roster.person(email, "active");
  await roster.sql.unsafe(`
    create function somebody_is_faster() returns trigger security definer language plpgsql as $$
    begin update users set version = version + 1, title = 'Boss' where id = new.user_id; return null; end $$;
    create trigger somebody_is_faster after insert on run_changes
      for each row when (new.email = '${email}') execute function somebody_is_faster()`);
  const { runId, again } = await runWith(
    [
      { email: other, asked: "new" },
      { email, asked: "update", title: "Chief" },
    ],
    async () => {},
  );
  await roster.sql`drop trigger somebody_is_faster on run_changes`;
  expect(again).toEqual([[2]]);
  expect(await roster.outcomes(runId)).toEqual(["new", "skipped"]);
  expect((await roster.entries(runId))[1]?.reason).toMatch(/meanwhile/);
  expect(await roster.user(email)).toMatchObject({ title: "Boss" });
  expect(await roster.run(runId)).toMatchObject({ created: 1, skipped: 1, updated: 0 });
  expect(await roster.mails(other)).toHaveLength(1);
});
