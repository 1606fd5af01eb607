import { afterAll, beforeAll, expect, test } from "vitest";
import { type Line, openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const reasons = async (lines: Line[], fields: string[]) => {
  const runId = await roster.import(lines, "apply", fields);
  return (await roster.entries(runId)).map(({ outcome, reason }) => [outcome, reason]);
};

test("a new person with somebody's Alternate ID is added, and named as perhaps the same person", async () => {
  const [ada, grace, alan] = ["ada", "grace", "alan"].map((name) => roster.address(name)) as [
    string,
    string,
    string,
  ];
  await roster.person(ada, "active");
  await roster.sql`update users set alternate_id = 'E-1' where email = ${ada}`;
  const lines = [
    { email: grace, asked: "new", alternate_id: "E-1" },
    { email: alan, asked: "new", alternate_id: "E-2" },
    { email: roster.address("turing"), asked: "new", alternate_id: "E-2" },
    { email: roster.address("other"), asked: "new" },
  ];
  expect(await reasons(lines, ["Alternate ID"])).toEqual([
    ["new", `Has the Alternate ID of ${ada}: perhaps one person under two addresses.`],
    ["new", null],
    ["new", `Has the Alternate ID of ${alan}: perhaps one person under two addresses.`],
    ["new", null],
  ]);
});

test("names that change places are updated, and said to look swapped", async () => {
  const email = roster.address("swap");
  await roster.person(email, "active");
  await roster.sql`update users set first_name = 'Grace', last_name = 'Hopper' where email = ${email}`;
  const lines = [{ email, asked: "update", first_name: "Hopper", last_name: "Grace" }];
  expect(await reasons(lines, [])).toEqual([
    ["updated", "First and last name look swapped: they stood here the other way round."],
  ]);
});

test("20,000 new people with one Alternate ID, and with 20,000, are hinted at in time; one that many share says nothing", async () => {
  const people = (id: (n: number) => string) =>
    Array.from({ length: 20_000 }, (_, n) => ({
      email: roster.address(`many${n}`),
      asked: "new",
      alternate_id: id(n),
    }));
  const hinted = async (lines: Line[]) => {
    const runId = await roster.import(lines, "check", ["Alternate ID"]);
    const [told] = await roster.sql`select count(*)::int as n, count(reason)::int as hints from run_entries
      where run_id = ${runId}`;
    return told;
  };
  expect(await hinted(people(() => "N/A"))).toEqual({ n: 20_000, hints: 0 });
  expect(await hinted(people((n) => `E-${1000 + (n >> 1)}`))).toEqual({ n: 20_000, hints: 10_000 });
});
