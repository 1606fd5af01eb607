import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Line, openRoster, type Roster, sound } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

/** Every stored row with the transaction that wrote it last: a row that is rewritten with the same values differs too. */
const stored = async () => ({
  people: await roster.sql`select xmin::text, ctid::text, id from users order by id`,
  invitations: await roster.sql`select xmin::text, ctid::text, id from invitations order by id`,
  mails: await roster.sql`select xmin::text, ctid::text, id from emails order by id`,
});

const file = (asked?: string): Line[] =>
  Array.from({ length: 60 }, (_, n) => ({
    email: roster.address(`same${n}`),
    ...(asked ? { asked } : {}),
    first_name: `P${n}`,
    title: n % 2 ? "Chief" : "",
  })).map(({ title, ...line }) => (title ? { ...line, title } : line));

describe("a file that is uploaded twice changes nothing the second time", () => {
  test.each([
    ["with User Status New", "new", { skipped: 60 }],
    ["without the status column", undefined, { unchanged: 60 }],
    ["with User Status Update", "update", { unchanged: 60 }],
  ])("%s", async (_, asked, counts) => {
    await roster.import(file("new"));
    const before = await stored();
    expect(before.people.length).toBeGreaterThanOrEqual(61);
    const runId = await roster.import(file(asked));
    expect(await roster.run(runId)).toMatchObject({ created: 0, updated: 0, failed: 0, ...counts });
    expect(await stored()).toEqual(before);
    expect(await roster.sums(runId)).toEqual(sound);
    const [changes] = await roster.sql`select count(*)::int as n from run_changes where run_id = ${runId}`;
    expect(changes?.n).toBe(0);
  });

  test("with other letter case in the addresses", async () => {
    const before = await stored();
    const runId = await roster.import(
      file().map((line) => ({ ...line, email: line.email?.toUpperCase() ?? null })),
    );
    expect(await roster.run(runId)).toMatchObject({ unchanged: 60 });
    expect(await stored()).toEqual(before);
  });
});

test("one changed cell rewrites one person and mails nobody", async () => {
  const before = await stored();
  const runId = await roster.import(
    file().map((line, n) => (n === 7 ? { ...line, department: "Sales" } : line)),
  );
  expect(await roster.run(runId)).toMatchObject({ updated: 1, unchanged: 59 });
  const after = await stored();
  expect(after.mails).toEqual(before.mails);
  expect(after.people.filter((person, at) => person.xmin !== before.people[at]?.xmin)).toHaveLength(1);
});

test("a range is one audit event with the count and a hash of its changes; a range without changes is none", async () => {
  const [changed] = await roster.sql`
    select details, run_id, (select count(*)::int from run_changes c where c.run_id = e.run_id) as changes
    from audit_events e where action = 'run.range_applied' order by id limit 1`;
  expect(changed?.details).toEqual({
    from: 1,
    to: 60,
    changes: changed?.changes,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  const moved = () => file().map((line) => ({ ...line, city: "Lisbon" }));
  const runId = await roster.import(moved());
  const events = await roster.sql`select action from audit_events where run_id = ${runId} order by id`;
  expect(events.map((event) => event.action)).toEqual([
    "run.requested",
    "run.range_applied",
    "run.completed",
  ]);
  const again = await roster.import(
    file().map((line, n) => (n === 7 ? { ...line, department: "Sales" } : line)),
  );
  const none =
    await roster.sql`select action from audit_events where run_id = ${again} and action = 'run.range_applied'`;
  expect(none).toEqual([]);
});
