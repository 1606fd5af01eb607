import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Line, openRoster, type Roster, sound } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

describe("fields", () => {
  test("a blank cell leaves, the clear word empties, a value fills; nothing else is touched", async () => {
    const email = roster.address("fields");
    await roster.person(email, "active");
    const runId = await roster.import([
      { email, asked: "update", department: "Sales", cleared: "title" },
      { email: roster.address("fields-cleared-already"), asked: "new", cleared: "title" },
    ]);
    expect(await roster.outcomes(runId)).toEqual(["updated", "new"]);
    expect(await roster.user(email)).toMatchObject({
      first_name: "Old",
      title: null,
      department: "Sales",
      version: 2,
    });
    const [change] =
      await roster.sql`select before, department, cleared, first_name from run_changes where run_id = ${runId} and position = 1`;
    expect(change).toMatchObject({
      department: "Sales",
      cleared: ["title"],
      first_name: null,
      before: { first_name: "Old", title: "Clerk", department: null, status: "active" },
    });
  });

  test("emptying what is empty, or giving what is there, changes nothing", async () => {
    const email = roster.address("same");
    await roster.person(email, "active");
    const runId = await roster.import([{ email, asked: "update", first_name: "Old", cleared: "department" }]);
    expect(await roster.outcomes(runId)).toEqual(["unchanged"]);
    expect(await roster.user(email)).toMatchObject({ version: 1 });
  });

  test("names are data: formulas, HTML, right-to-left text and emoji are stored as they are", async () => {
    const names = [
      "=HYPERLINK(1)",
      "<b>x</b>",
      "مرحبا",
      "👩‍🚒",
      "O'Brien; drop table users",
      "{a,b}",
      "NULL",
      "\\N",
      '"',
    ];
    await roster.import(
      names.map((first_name, at) => ({ email: roster.address(`name${at}`), asked: "new", first_name })),
    );
    for (const [at, name] of names.entries())
      expect((await roster.user(roster.address(`name${at}`)))?.first_name).toBe(name);
  });
});

describe("repeats", () => {
  test("the first good line counts; the others fail and name it, whatever the letter case", async () => {
    const twice = roster.address("twice");
    const runId = await roster.import([
      { email: twice, problem: "Line 2: the phone is too long." },
      { email: twice, asked: "new", first_name: "First" },
      { email: roster.address("once"), asked: "new" },
      { email: twice.toUpperCase(), asked: "new", first_name: "Second" },
      { email: twice, asked: "update", first_name: "Third" },
    ]);
    expect(await roster.outcomes(runId)).toEqual(["failed", "new", "new", "failed", "failed"]);
    const reasons = (await roster.entries(runId)).map((entry) => entry.reason);
    expect(reasons[0]).toBe("Line 2: the phone is too long.");
    expect(reasons[3]).toContain("in line 3");
    expect(reasons[4]).toContain("in line 3");
    expect((await roster.user(twice))?.first_name).toBe("First");
    expect(await roster.mails(twice)).toHaveLength(1);
    expect(await roster.sums(runId)).toEqual(sound);
  });

  test("a repeat beyond its own batch is found too", async () => {
    const lines: Line[] = Array.from({ length: 2500 }, (_, n) => ({
      email: roster.address(`far${n % 2400}`),
      asked: "new",
    }));
    const runId = await roster.import(lines);
    expect(await roster.run(runId)).toMatchObject({ created: 2400, failed: 100, rows_read: 2500 });
    const last = (await roster.entries(runId)).at(-1);
    expect(last?.reason).toContain("in line 101,");
    expect(await roster.sums(runId)).toEqual(sound);
  });
});

test("a file of nothing but bad lines ends well and changes nobody", async () => {
  const [before] = await roster.sql`select count(*)::int as n from users`;
  const runId = await roster.import([{ email: "x", problem: "Line 2: not an address." }]);
  expect(await roster.sums(runId)).toEqual(sound);
  expect((await roster.sql`select count(*)::int as n from users`)[0]).toEqual(before);
});

test("a file without rows fails with a sentence and a reference, and leaves nothing", async () => {
  const runId = await roster.import([]);
  expect(await roster.run(runId)).toMatchObject({
    state: "failed",
    failure: expect.stringContaining("no rows"),
    failure_reference: expect.stringMatching(/^[0-9a-f]{8}$/),
    lease: null,
  });
});
