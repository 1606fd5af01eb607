import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { releaseLease, takeLease } from "#lib/runs/slice/lease.ts";
import { planNextRange, takeLane } from "#lib/runs/slice/plan.ts";
import { readEntries } from "#lib/runs/slice/read.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { type Line, openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const people = (of: string, count: number): Line[] =>
  Array.from({ length: count }, (_, n) => ({ email: roster.address(`${of}${n}`), asked: "new", title: of }));

/** Read to the end, let go of, and waiting for its turn. */
async function waiting(lines: Line[]): Promise<string> {
  const runId = await roster.request();
  await roster.as("worker", async () => {
    const taken = await takeLease({ accountId: roster.acme.id, runId });
    if (taken === null || taken === "held") throw new Error("no lease");
    await readEntries(rosterKind(lines), taken.lease, taken.run, () => false);
    await withAccount(taken.lease, (tx) => releaseLease(tx, taken.lease));
  });
  return runId;
}

const place = async (runId: string) =>
  (await roster.as("app", () => findRun(roster.actor, runId)))?.progress.queuePlace;
const jobsOf = async (runId: string) =>
  (
    await roster.sql`select count(*)::int as n from pgboss.job where data->>'runId' = ${runId} and name = 'run-slice'`
  )[0]?.n;

describe("of an account one run at a time plans or applies", () => {
  test("a second one reads its file, tells its place, and waits", async () => {
    const [first, second, third] = [
      await waiting(people("a", 3)),
      await waiting(people("b", 3)),
      await waiting(people("c", 3)),
    ];
    expect([await place(first), await place(second), await place(third)]).toEqual([1, 2, 3]);
    await roster.slice(second, rosterKind(people("b", 3)));
    expect(await roster.run(second)).toMatchObject({ state: "reading", lease: null, planned_to: 0 });
    const jobs = await jobsOf(second);
    await roster.slice(first, rosterKind(people("a", 3)));
    expect(await roster.sums(first)).toEqual(sound);
    // The end of the first wakes those that wait.
    expect(await jobsOf(second)).toBe(jobs + 1);
    expect([await place(first), await place(second), await place(third)]).toEqual([null, 1, 2]);
    await roster.slice(second, rosterKind(people("b", 3)));
    await roster.slice(third, rosterKind(people("c", 3)));
    expect([await roster.sums(second), await roster.sums(third)]).toEqual([sound, sound]);
  });

  test("runs over the same people, worked at once, invite each of them once", async () => {
    const lines = people("shared", 200);
    const runs = await Promise.all(Array.from({ length: 4 }, () => roster.request()));
    const open = async () =>
      (
        await roster.sql`select id from runs where id = any(${runs}) and state not in ('completed', 'failed')`
      ).map((row) => row.id);
    for (let turn = 0; (await open()).length > 0; turn += 1) {
      expect(turn).toBeLessThan(40);
      await Promise.all((await open()).map((id) => roster.slice(id, rosterKind(lines, 50))));
    }
    for (const runId of runs) expect(await roster.sums(runId)).toEqual(sound);
    const created = (await Promise.all(runs.map((id) => roster.run(id)))).map((run) => run.created);
    expect(created.toSorted()).toEqual([0, 0, 0, 200]);
    const [mails] = await roster.sql`select count(*)::int as n from emails where recipient like 'shared%'`;
    expect(mails?.n).toBe(200);
  });
});

test("the database itself refuses a second one, whatever the code does", async () => {
  const [first, second] = [await roster.request(), await roster.request()];
  await roster.sql`update runs set state = 'planning' where id = ${first}`;
  await expect(roster.sql`update runs set state = 'applying' where id = ${second}`).rejects.toThrow(
    "runs_one_changing_per_account",
  );
  await roster.sql`update runs set state = 'failed' where id = any(${[first, second]})`;
});

test("two that take the lane at the same moment: one has it, the other waits", async () => {
  const ids = [await waiting(people("x", 2)), await waiting(people("y", 2))];
  // The same moment by the clock, so that only the index can decide.
  await roster.sql`update runs set read_at = now() where id = any(${ids})`;
  const leases = await Promise.all(
    ids.map(async (runId) => {
      const taken = await roster.as("worker", () => takeLease({ accountId: roster.acme.id, runId }));
      if (taken === null || taken === "held") throw new Error("no lease");
      return taken.lease;
    }),
  );
  const got = await Promise.all(
    leases.map((lease) => roster.as("worker", () => takeLane(lease, "planning"))),
  );
  expect(got.toSorted()).toEqual([false, true]);
  const winner = leases[got.indexOf(true)];
  if (winner) expect(await roster.as("worker", () => planNextRange(rosterKind([]), winner))).toBe(true);
  await roster.sql`update runs set state = 'failed' where id = any(${ids})`;
});

test("another account does not wait", async () => {
  const mine = await roster.request();
  await roster.sql`update runs set state = 'planning' where id = ${mine}`;
  const other = await roster.as("owner", () => makeAccount(Buffer.alloc(32).toString("base64")));
  const theirs = await roster.request("apply", ownerOf(other));
  await roster.slice(theirs, rosterKind([{ email: `x@${other.domain}`, asked: "new" }]), undefined, other.id);
  expect((await roster.run(theirs)).state).toBe("completed");
  await roster.sql`update runs set state = 'failed' where id = ${mine}`;
});
