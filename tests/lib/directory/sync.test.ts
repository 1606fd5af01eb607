import { afterAll, beforeAll, expect, test } from "vitest";
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
