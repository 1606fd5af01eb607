import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { alertDeciders } from "#lib/runs/slice/alert.ts";
import { openRoster, type Roster, rosterKind } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

beforeEach(() => roster.sql`truncate emails`);

afterAll(() => roster.end());

let serial = 0;
const line = () => [{ email: roster.address(`new${++serial}`), asked: "new" }];

/** A run as it was asked for so many seconds ago, with or without the wish to be told. */
async function asked(seconds: number, alert: boolean, run: Record<string, string | null> = {}) {
  const runId = await roster.request();
  await roster.sql`update runs set requested_at = now() - make_interval(secs => ${seconds}),
    options = jsonb_build_object('alert', ${alert}::boolean) where id = ${runId}`;
  if (Object.keys(run).length > 0) await roster.sql`update runs set ${roster.sql(run)} where id = ${runId}`;
  return runId;
}

const alerts = (runId: string) => roster.sql`
  select recipient, priority from emails where kind = 'run_ended' and subject_id = ${runId}`;
const ownerAddress = async () =>
  (await roster.sql`select email from users where id = ${roster.actor.userId}`)[0]?.email;

describe("at the end of a run its requester", () => {
  test("is told once, before all bulk mail, when it took long and they asked for it", async () => {
    const runId = await asked(61, true);
    await roster.sql`delete from pgboss.job`;
    await roster.slice(runId, rosterKind(line()));
    expect(await alerts(runId)).toEqual([{ recipient: await ownerAddress(), priority: 0 }]);
    expect((await roster.sql`select 1 from pgboss.job where name = 'send-mail'`).length).toBeGreaterThan(0);
  });

  test("is told of a failed one", async () => {
    const runId = await asked(61, true);
    await roster.sql`update runs set barren_slices = 1000 where id = ${runId}`;
    await roster.slice(runId, rosterKind(line()));
    expect((await roster.run(runId)).state).toBe("failed");
    expect(await alerts(runId)).toHaveLength(1);
  });

  test.each([
    ["did not ask for it", 61, false],
    ["saw it end soon", 30, true],
  ])("hears nothing when they %s", async (_, seconds, alert) => {
    const runId = await asked(seconds, alert);
    await roster.slice(runId, rosterKind(line()));
    expect((await roster.run(runId)).state).toBe("completed");
    expect(await alerts(runId)).toEqual([]);
  });

  test("is told by the account's own measure of long", async () => {
    await roster.sql`update accounts set long_run_seconds = 10 where id = ${roster.acme.id}`;
    const runId = await asked(30, true);
    await roster.slice(runId, rosterKind(line()));
    await roster.sql`update accounts set long_run_seconds = 60 where id = ${roster.acme.id}`;
    expect(await alerts(runId)).toHaveLength(1);
  });

  test.each(["suspended", "deleted"])("is not told when they are %s by then", async (status) => {
    const runId = await asked(61, true);
    await roster.sql`update users set status = ${status} where id = ${roster.actor.userId}`;
    await roster.slice(runId, rosterKind(line()));
    await roster.sql`update users set status = 'active' where id = ${roster.actor.userId}`;
    expect(await alerts(runId)).toEqual([]);
  });

  test("hears nothing of what they cancelled themselves", async () => {
    const runId = await asked(61, true);
    await roster.as("app", () => cancelRun(roster.actor, runId));
    await roster.slice(runId, rosterKind(line()));
    expect((await roster.run(runId)).state).toBe("cancelled");
    expect(await alerts(runId)).toEqual([]);
  });

  test("is told of what somebody else cancelled", async () => {
    const runId = await asked(61, true);
    const other = await roster.person(roster.address("other"), "active");
    await roster.as("app", () => cancelRun({ ...roster.actor, userId: other, userName: "Other" }, runId));
    await roster.slice(runId, rosterKind(line()));
    expect(await alerts(runId)).toHaveLength(1);
  });

  test("does not wait for the hour that a checked plan lay before them", async () => {
    const runId = await roster.import(line(), "check");
    await roster.sql`update runs set mode = 'apply', options = '{"alert": true}',
      requested_at = now() - interval '50 minutes', planned_at = now() - interval '50 minutes' where id = ${runId}`;
    await roster.slice(runId, rosterKind([]));
    expect((await roster.run(runId)).state).toBe("completed");
    expect(await alerts(runId)).toEqual([]);
  });
});

test("those who may decide about suspensions are told, each once, and nobody else", async () => {
  const runId = await asked(5, false);
  const clerk = await roster.person(roster.address("clerk"), "active");
  const importer = await roster.person(roster.address("importer"), "active");
  const gone = await roster.person(roster.address("gone"), "suspended");
  const role = async (name: string, privileges: string[], userId: string) => {
    const [made] = await roster.sql`insert into roles (account_id, kind, name, privileges)
      values (${roster.acme.id}, 'custom', ${name}, ${privileges}) returning id`;
    await roster.sql`insert into role_grants (account_id, role_id, user_id) values (${roster.acme.id}, ${made?.id}, ${userId})`;
  };
  await role("Reader", ["users.view"], clerk);
  await role("Importer", ["enrollment.import"], importer);
  await role("Former importer", ["enrollment.import"], gone);
  const scope = { accountId: roster.acme.id, runId };
  const tell = () => roster.as("worker", () => withAccount(scope, (tx) => alertDeciders(tx, scope)));
  await tell();
  await tell();
  const mails =
    await roster.sql`select recipient from emails where kind = 'removals_waiting' order by recipient`;
  expect(mails.map((mail) => mail.recipient).sort()).toEqual(
    [roster.address("importer"), await ownerAddress()].sort(),
  );
});
