import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "#bin/local/wait-until.ts";
import { sqlState } from "#lib/db/sql-state.ts";
import { withAccountAnew } from "#lib/db/with-account-anew.ts";
import { invitePeople } from "#lib/invitations/invite-people.ts";
import { openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});
afterAll(() => roster.end());

/** How many wait for a lock, each for at least so long. */
const waiting = (ms = 0) => roster.sql`
  select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
    and clock_timestamp() - query_start >= make_interval(secs => ${ms / 1000})`;
const untilWaiting = async (count: number, ms = 0) =>
  expect(await waitUntil(async () => (await waiting(ms)).length >= count, 15_000)).toBe(true);
const deadlocks = async () => {
  const [row] =
    await roster.sql`select deadlocks::int as n from pg_stat_database where datname = current_database()`;
  return row?.n as number;
};

/**
 * An import that adds z, m and a, and an invitation that adds a and z, while a third holds m: once it lets go, the two wait
 * for each other. Who has waited longer than a second by then is not the one whom Postgres ends.
 */
async function meet(name: string, invitedFor: number) {
  const [z, m, a] = ["z", "m", "a"].map((part) => roster.address(`${part}.${name}`)) as [
    string,
    string,
    string,
  ];
  const before = await deadlocks();
  const third = await roster.sql.reserve();
  await third`begin`;
  await third`insert into users (account_id, email, source) values (${roster.acme.id}, ${m}, 'api')`;
  const importing = roster.import(
    [z, m, a].map((email) => ({ email, asked: "new", first_name: "Of the file" })),
  );
  await untilWaiting(1);
  const inviting = roster.as("app", () => invitePeople(roster.actor, { addresses: [a, z], message: "" }));
  await untilWaiting(2);
  await untilWaiting(2, invitedFor);
  await third`rollback`;
  third.release();
  const [runId, invited] = await Promise.all([importing, inviting]);
  // Postgres counts them within ten seconds.
  expect(await waitUntil(async () => (await deadlocks()) > before, 20_000)).toBe(true);
  return { runId, invited, addresses: [z, m, a] };
}

describe("an import and an invitation of the same new people, who wait for each other", () => {
  test.each([
    ["the import is begun anew", "range", 1_500],
    ["the invitation is begun anew", "invite", 0],
  ])("%s, and both come to their end", async (_, name, invitedFor) => {
    const { runId, invited, addresses } = await meet(name, invitedFor);
    expect(await roster.run(runId)).toMatchObject({ state: "completed", failed: 0 });
    expect(invited).toMatchObject({ ok: true });
    const people = await roster.sql`select u.email, count(i.id)::int as open from users u
      left join invitations i on i.user_id = u.id and i.state = 'open' where u.email = any (${addresses}) group by 1`;
    expect(people.map(({ open }) => open)).toEqual([1, 1, 1]);
  });
});

test("what Postgres ends again and again fails in the end, and any other failure at once", async () => {
  for (const [state, tries] of [
    ["40P01", 4],
    ["40001", 4],
    ["23514", 1],
  ] as const) {
    let begun = 0;
    const failing = roster.as("app", () =>
      withAccountAnew({ accountId: roster.acme.id }, async () => {
        begun += 1;
        throw Object.assign(new Error("refused"), { code: state });
      }),
    );
    const error = await failing.catch((caught: unknown) => caught);
    expect([sqlState(error), begun]).toEqual([state, tries]);
  }
});
