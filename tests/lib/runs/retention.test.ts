import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountLess } from "#lib/db/account-less.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import { runSweep } from "#lib/runs/run-sweep.ts";
import { runDeletions } from "#lib/users/run-deletions.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openRoster, type Roster } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const sweep = (keepRunsMonths = 24) => roster.as("worker", () => runSweep({ keepRunsMonths }));

/** An ended run of so many months ago with one line, its month's partitions made as they were made then. */
async function oldRun(monthsAgo: number): Promise<string> {
  const [made] = await roster.sql<{ id: string; month: string; floor: string; ceiling: string }[]>`
    select uuid_v7_floor(m + interval '10 days') as id, to_char(m at time zone 'UTC', 'YYYY_MM') as month,
      uuid_v7_floor(m) as floor, uuid_v7_floor((m at time zone 'UTC' + interval '1 month') at time zone 'UTC') as ceiling
    from (select (date_trunc('month', now() at time zone 'UTC') - make_interval(months => ${monthsAgo})) at time zone 'UTC' as m) o`;
  if (!made) throw new Error("no month");
  for (const parent of ["run_entries", "run_changes"]) {
    await roster.sql.unsafe(`create table if not exists ${parent}_${made.month} partition of ${parent}
      for values from ('${made.floor}') to ('${made.ceiling}')`);
  }
  const { id } = made;
  await roster.sql`insert into runs (account_id, id, kind, mode, state, requested_by_name, rows_read, created, tidied_at)
    values (${roster.acme.id}, ${id}, 'import', 'apply', 'completed', 'Dana', 1, 1, now())`;
  await roster.sql`insert into run_entries (account_id, run_id, position, line, email, outcome)
    values (${roster.acme.id}, ${id}, 1, 2, 'lee@acme.test', 'new')`;
  return id;
}

const months = async () =>
  (
    await roster.sql`select relname from pg_class where relispartition and relkind = 'r' and relname ~ '^run_entries_'`
  ).length;

describe("the lines of runs", () => {
  test("are kept for the operator's months and no longer; the run and its counts stay", async () => {
    const [old, kept] = [await oldRun(26), await oldRun(24)];
    await sweep();
    const shown = (id: string) => roster.as("app", () => findRun(roster.actor, id));
    expect(await shown(old)).toMatchObject({ linesGone: true, state: "completed", counts: { created: 1 } });
    expect(await shown(kept)).toMatchObject({ linesGone: false });
    const entries = (runId: string) => roster.as("app", () => listEntries(roster.actor, { runId }));
    expect((await entries(old)).entries).toEqual([]);
    expect((await entries(kept)).entries).toHaveLength(1);
    await sweep();
  });

  test("of the last month are never dropped, so that every undo finds its plan", async () => {
    const last = await oldRun(1);
    const before = await months();
    await sweep(1);
    expect(await months()).toBeLessThanOrEqual(before);
    expect(await roster.as("app", () => findRun(roster.actor, last))).toMatchObject({ linesGone: false });
  });

  test.each([0, -1, 121])("are not dropped by a wish for %i months", async (wish) => {
    await expect(roster.as("worker", () => accountLess.dropRunPartitions(wish))).rejects.toThrow();
  });

  test("that somebody is reading are left for the next sweep", async () => {
    const old = await oldRun(30);
    await roster.sql.begin(async (reading) => {
      await reading`select 1 from run_entries limit 1`;
      await sweep();
      expect((await reading`select run_lines_gone(${old}) as gone`)[0]).toEqual({ gone: false });
    });
    await sweep();
    expect((await roster.sql`select run_lines_gone(${old}) as gone`)[0]).toEqual({ gone: true });
  });

  test("cannot be dropped by the web", async () => {
    await expect(roster.as("app", () => accountLess.dropRunPartitions(24))).rejects.toThrow();
  });
});

describe("suspended people", () => {
  const suspended = async (name: string, days: number, accountId = roster.acme.id) => {
    const [made] =
      await roster.sql`insert into users (account_id, email, status, status_before_suspension, suspended_at, source)
      values (${accountId}, ${`${name}@people.test`}, 'suspended', 'active', now() - make_interval(days => ${days}), 'invite')
      returning id`;
    return made?.id as string;
  };
  const person = async (id: string) =>
    (await roster.sql`select status, version, email from users where id = ${id}`)[0];
  const events =
    () => roster.sql`select account_id, actor_kind, details from audit_events where action = 'users.deleted'
    order by id`;

  test("are deleted when their 30 days are over, and not before, with one audit event an account", async () => {
    const other = await roster.as("owner", () => makeAccount(Buffer.alloc(32, 3).toString("base64")));
    const [gone, young, elsewhere] = [
      await suspended("gone", 32),
      await suspended("young", 29),
      await suspended("elsewhere", 40, other.id),
    ];
    await sweep();
    expect(await person(gone)).toEqual({ status: "deleted", version: 2, email: "gone@people.test" });
    expect(await person(young)).toMatchObject({ status: "suspended", version: 1 });
    expect(await person(elsewhere)).toMatchObject({ status: "deleted" });
    const told = await events();
    expect(told.map((event) => event.account_id).sort()).toEqual([roster.acme.id, other.id].sort());
    expect(told[0]).toMatchObject({ actor_kind: "system", details: { people: 1 } });
    await sweep();
    expect(await events()).toHaveLength(2);
  });

  test("many at once go in batches of 10,000, an audit event each, and from four workers at once each once", async () => {
    const before = (await events()).length;
    await roster.sql`insert into users (account_id, email, status, suspended_at, source)
      select ${roster.acme.id}, 'many' || n || '@people.test', 'suspended', now() - interval '60 days', 'invite'
      from generate_series(1, 20001) n`;
    await Promise.all([1, 2, 3, 4].map(() => roster.as("worker", () => runDeletions())));
    const counts = (await events()).slice(before).map((event) => event.details.people as number);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(20_001);
    expect(Math.max(...counts)).toBeLessThanOrEqual(10_000);
    const [left] = await roster.sql`select count(*)::int as n, max(version) as version from users
      where email like 'many%' and status = 'deleted'`;
    expect(left).toEqual({ n: 20_001, version: 2 });
  });

  test("leave their roles behind, for their address may be somebody else's one day", async () => {
    const id = await suspended("admin", 40);
    const [role] = await roster.sql`insert into roles (account_id, kind, name)
      values (${roster.acme.id}, 'admin', 'Old admins') returning id`;
    await roster.sql`insert into role_grants (account_id, role_id, user_id)
      values (${roster.acme.id}, ${role?.id}, ${id})`;
    await roster.as("worker", runDeletions);
    expect(await roster.sql`select status from users where id = ${id}`).toEqual([{ status: "deleted" }]);
    expect(await roster.sql`select 1 from role_grants where user_id = ${id}`).toEqual([]);
  });
});
