import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runSweep } from "#lib/runs/run-sweep.ts";
import { runTidy } from "#lib/runs/run-tidy.ts";
import { openRoster, type Roster, rosterKind, sound } from "./roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const signal = new AbortController().signal;
const tidy = (runId: string) =>
  roster.as("worker", () => runTidy({ accountId: roster.acme.id, runId }, signal));
const sweep = () => roster.as("worker", () => runSweep({ keepRunsMonths: 24 }));
const line = (name: string) => [{ email: roster.address(name), asked: "new" }];

async function giveFile(runId: string): Promise<void> {
  await roster.sql`insert into upload_pieces (account_id, upload_id, seq, body)
    select account_id, upload_id, n, 'x' from runs, generate_series(0, 3) n where id = ${runId}`;
}

const left = async (runId: string) =>
  (
    await roster.sql`select
      (select count(*)::int from run_rows where run_id = ${runId}) as staged,
      (select count(*)::int from upload_pieces p join runs r on r.upload_id = p.upload_id where r.id = ${runId}) as pieces,
      (select count(*)::int from run_entries where run_id = ${runId}) as entries,
      (select count(*)::int from run_changes where run_id = ${runId}) as changes,
      (select u.state from uploads u join runs r on r.upload_id = u.id where r.id = ${runId}) as upload`
  )[0];

const jobs = async (queue: string, runId: string) =>
  (
    await roster.sql`select count(*)::int as n from pgboss.job where name = ${queue} and data->>'runId' = ${runId}`
  )[0]?.n;

describe("tidying up", () => {
  test("of an ended run the file and the staging go, the report stays", async () => {
    const runId = await roster.request();
    await giveFile(runId);
    await roster.slice(runId, rosterKind(line("a")));
    expect(await jobs("tidy-run", runId)).toBe(1);
    expect(await left(runId)).toEqual({ staged: 1, pieces: 0, entries: 1, changes: 1, upload: "read" });
    await tidy(runId);
    expect(await left(runId)).toEqual({ staged: 0, pieces: 0, entries: 1, changes: 1, upload: "read" });
    expect((await roster.run(runId)).tidied_at).not.toBeNull();
    expect(await roster.sums(runId)).toEqual(sound);
    await tidy(runId);
  });

  test("a file whose run was cancelled before it was read goes too", async () => {
    const runId = await roster.request();
    await giveFile(runId);
    await roster.sql`update runs set cancel_requested_at = now() where id = ${runId}`;
    await roster.slice(runId, rosterKind(line("b")));
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 0, pieces: 0, upload: "read" });
  });

  test.each(["queued", "reading", "planning", "applying"])(
    "a run that is %s keeps everything",
    async (state) => {
      const runId = await roster.request();
      await giveFile(runId);
      await roster.sql`insert into run_rows (account_id, run_id, position, line) values (${roster.acme.id}, ${runId}, 1, 2)`;
      await roster.sql`update runs set state = ${state}, planned_at = now() - interval '2 days' where id = ${runId}`;
      await tidy(runId);
      expect(await left(runId)).toMatchObject({ staged: 1, pieces: 4 });
      await roster.sql`update runs set state = 'failed' where id = ${runId}`;
    },
  );

  test("the file of a check stays when it was read, and goes a day after the plan was made", async () => {
    const runId = await roster.request("check");
    await giveFile(runId);
    await roster.slice(runId, rosterKind(line("checked")));
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 1, pieces: 4, upload: "read" });
    await roster.sql`update runs set planned_at = now() - interval '25 hours' where id = ${runId}`;
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 0, pieces: 0, entries: 1 });
  });

  test("a checked plan keeps its staging for a day; one that is about to be applied keeps it longer", async () => {
    const runId = await roster.import(line("c"), "check");
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 1 });
    await roster.sql`update runs set planned_at = now() - interval '25 hours', mode = 'apply' where id = ${runId}`;
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 1 });
    await roster.sql`update runs set mode = 'check' where id = ${runId}`;
    await tidy(runId);
    expect(await left(runId)).toMatchObject({ staged: 0, entries: 1 });
  });
});

describe("the sweep", () => {
  test.each(["queued", "reading", "planning", "applying"])(
    "finds a run that is %s and that nobody works on",
    async (state) => {
      const runId = await roster.request();
      await roster.sql`delete from pgboss.job where data->>'runId' = ${runId}`;
      await roster.sql`update runs set state = ${state}, requested_at = now() - interval '1 minute',
      lease_until = case when ${state} = 'queued' then null else now() - interval '1 minute' end where id = ${runId}`;
      await sweep();
      expect(await jobs("run-slice", runId)).toBe(1);
      await roster.sql`update runs set state = 'failed', tidied_at = now() where id = ${runId}`;
    },
  );

  test("leaves alone what somebody works on, what has just come, and what has ended", async () => {
    const held = await roster.request();
    await roster.sql`update runs set state = 'reading', lease = uuid_v7(), lease_until = now() + interval '5 s',
      requested_at = now() - interval '1 hour' where id = ${held}`;
    const fresh = await roster.request();
    const ended = await roster.import(line("d"));
    await roster.sql`delete from pgboss.job`;
    await sweep();
    expect([
      await jobs("run-slice", held),
      await jobs("run-slice", fresh),
      await jobs("run-slice", ended),
    ]).toEqual([0, 0, 0]);
    await roster.sql`update runs set state = 'failed' where id = any(${[held, fresh]})`;
  });

  test("sends an ended run that was not tidied to be tidied, and takes an abandoned file away", async () => {
    const runId = await roster.import(line("e"));
    await roster.sql`delete from pgboss.job`;
    const [old] = await roster.sql`insert into uploads (account_id, file_name, sealed_key, created_at)
      values (${roster.acme.id}, 'old.csv', 'k', now() - interval '25 hours') returning id`;
    const [young] = await roster.sql`insert into uploads (account_id, file_name, sealed_key)
      values (${roster.acme.id}, 'young.csv', 'k') returning id`;
    for (const upload of [old, young])
      await roster.sql`insert into upload_pieces (account_id, upload_id, seq, body) values (${roster.acme.id}, ${upload?.id}, 0, 'x')`;
    await sweep();
    expect(await jobs("tidy-run", runId)).toBe(1);
    const pieces =
      await roster.sql`select upload_id from upload_pieces where upload_id = any(${[old?.id, young?.id]})`;
    expect(pieces.map((piece) => piece.upload_id)).toEqual([young?.id]);
  });

  test.each([
    ["is still arriving after half an hour", "receiving", "30 minutes", true],
    ["stopped arriving more than an hour ago", "receiving", "66 minutes", false],
    ["arrived and waits for its run since this morning", "complete", "10 hours", true],
    ["arrived and waits for its run since yesterday", "complete", "25 hours", false],
  ])("of a file that %s, kept: %#", async (_, state, age, kept) => {
    const [upload] =
      await roster.sql`insert into uploads (account_id, file_name, sealed_key, state, created_at)
      values (${roster.acme.id}, 'a.csv', 'k', ${state}, now() - ${age}::interval) returning id`;
    await roster.sql`insert into upload_pieces (account_id, upload_id, seq, body) values (${roster.acme.id}, ${upload?.id}, 0, 'x')`;
    await sweep();
    const [there] =
      await roster.sql`select (select count(*)::int from uploads where id = ${upload?.id}) as uploads,
      (select count(*)::int from upload_pieces where upload_id = ${upload?.id}) as pieces`;
    expect(there).toEqual(kept ? { uploads: 1, pieces: 1 } : { uploads: 0, pieces: 0 });
  });

  test("wakes the pump when a mail is due that nobody sends", async () => {
    await roster.import(line("f"));
    await roster.sql`delete from pgboss.job`;
    await sweep();
    const [job] = await roster.sql`select count(*)::int as n from pgboss.job where name = 'send-mail'`;
    expect(job?.n).toBe(1);
    await roster.sql`update emails set state = 'sent'`;
    await roster.sql`delete from pgboss.job`;
    await sweep();
    expect((await roster.sql`select 1 from pgboss.job where name = 'send-mail'`).length).toBe(0);
  });
});
