import { afterAll, beforeAll, expect, test } from "vitest";
import { runTidy } from "#lib/runs/run-tidy.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;

beforeAll(async () => {
  sync = await openSync();
});
afterAll(() => sync.close());

test("the first sync brings everybody, and the second finds nothing to do", async () => {
  const first = await sync.sync();
  expect(await sync.run(first)).toMatchObject({
    state: "completed",
    failure: null,
    rows_read: 40,
    failed: 0,
    span: "full",
  });
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
  const second = await sync.sync();
  expect(await sync.said(second)).toEqual({});
  expect(await sync.run(second)).toMatchObject({
    state: "completed",
    rows_read: 40,
    unchanged: 40,
    created: 0,
    last_position: 0,
  });
  expect(await sync.groups()).toMatchObject({ "Staff / Berlin / Engineering": 2 });
});

test("what a run noted for itself goes when it has ended", async () => {
  const run = await sync.sync();
  expect(
    (await sync.sql`select count(*)::int as n from run_groups where run_id = ${run}`)[0]?.n,
  ).toBeGreaterThan(0);
  await sync.as("worker", () =>
    runTidy({ accountId: sync.acme.id, runId: run }, new AbortController().signal),
  );
  for (const table of ["run_rows", "run_groups", "run_group_members"])
    expect(await sync.sql`select 1 from ${sync.sql(table)} where run_id = ${run}`, table).toHaveLength(0);
});
