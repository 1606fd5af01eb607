import { afterAll, beforeEach, expect, test } from "vitest";
import { withAccount } from "#lib/db/with-account.ts";
import { applyNextRange } from "#lib/runs/slice/apply.ts";
import { takeLease } from "#lib/runs/slice/lease.ts";
import { takeLane } from "#lib/runs/slice/plan.ts";
import { setManaged } from "#lib/seats/set-managed.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;
const opened: Bulk[] = [];

beforeEach(async () => {
  bulk = await openBulk();
  opened.push(bulk);
});
afterAll(() => Promise.all(opened.map((each) => each.end())));

const crowd = async (people: number) => {
  await bulk.crowd(people);
  const rows =
    await bulk.sql`select id from users where email like 'crowd%' and account_id = ${bulk.acme.id}`;
  return rows.map((row) => row.id as string);
};
const single = (id: string) =>
  bulk.as("app", () => withAccount(bulk.actor, (tx) => setManaged(tx, bulk.actor, [id], true)));

test("more people than seats are refused before anything is done, with both numbers", async () => {
  const people = await crowd(12);
  await bulk.limit(5);
  const runId = await bulk.preview({ action: "manage", people });
  expect(await bulk.apply(runId)).toEqual({ ok: false, reason: "too_few_seats", adds: 12, left: 5 });
  expect([await bulk.managed(), (await bulk.run(runId)).state]).toEqual([0, "planned"]);
  await bulk.limit(12);
  expect(await bulk.apply(runId)).toEqual({ ok: true });
  await bulk.work(runId);
  expect([await bulk.managed(), await bulk.openSpans()]).toEqual([12, 12]);
});

test("seats that are taken between the confirmation and its turn: the lines that lose fail and say so", async () => {
  const people = await crowd(10);
  await bulk.limit(10);
  const runId = await bulk.preview({ action: "manage", people: people.slice(0, 9) });
  expect(await bulk.apply(runId)).toEqual({ ok: true });
  await bulk.limit(6);
  await single(people[9] as string);
  await bulk.work(runId);
  const run = await bulk.run(runId);
  expect(run).toMatchObject({ state: "completed", updated: 5, failed: 4 });
  const failed =
    await bulk.sql`select reason from run_entries where run_id = ${runId} and outcome = 'failed'`;
  expect(failed).toEqual(
    Array(4).fill({ reason: "No seat was left when this person's turn came. Nothing was changed." }),
  );
  expect([await bulk.managed(), await bulk.openSpans()]).toEqual([6, 6]);
  // The plan holds what was done and no more, so that an undo and the audit count the same.
  const [changes] = await bulk.sql`select count(*)::int as n from run_changes where run_id = ${runId}`;
  const [event] =
    await bulk.sql`select details from audit_events where run_id = ${runId} and action = 'run.range_applied'`;
  expect([changes?.n, event?.details.changes]).toEqual([5, 5]);
});

test("two runs and single people at the same instant end exactly at the limit", async () => {
  const people = await crowd(300);
  await bulk.limit(200);
  const runs = [people.slice(0, 120), people.slice(120, 240)];
  const ids: string[] = [];
  for (const part of runs) {
    const runId = await bulk.preview({ action: "manage", people: part });
    expect(await bulk.apply(runId)).toEqual({ ok: true });
    ids.push(runId);
  }
  const alone = people.slice(240);
  const taken = await Promise.all([...alone.map(single), ...ids.map((id) => bulk.work(id))]);
  // One of the two may have waited for the other's turn.
  for (const id of ids) await bulk.work(id);
  const singles = taken.slice(0, alone.length).filter((answer) => answer && answer.changed.length > 0).length;
  const ended = await Promise.all(ids.map((id) => bulk.run(id)));
  expect(ended.map(({ state }) => state)).toEqual(["completed", "completed"]);
  const done = ended.reduce((sum, run) => sum + run.updated, 0);
  const failed = ended.reduce((sum, run) => sum + run.failed, 0);
  expect([await bulk.managed(), await bulk.openSpans(), singles + done, done + failed]).toEqual([
    200, 200, 200, 240,
  ]);
});

test("a range and a single person hold the seats one after the other", async () => {
  const people = await crowd(3);
  await bulk.limit(2);
  const runId = await bulk.preview({ action: "manage", people: people.slice(0, 2) });
  await bulk.apply(runId);
  const taken = await bulk.as("worker", () => takeLease({ accountId: bulk.acme.id, runId }));
  if (taken === null || taken === "held") throw new Error("no lease");
  await bulk.as("worker", () => takeLane(taken.lease, "applying"));
  const [, answer] = await Promise.all([
    bulk.as("worker", () => applyNextRange(taken.lease)),
    single(people[2] as string),
  ]);
  const run =
    await bulk.sql`select count(*)::int as n from run_entries where run_id = ${runId} and outcome = 'failed'`;
  expect([await bulk.managed(), (run[0]?.n ?? 0) + answer.refused.length]).toEqual([2, 1]);
});
