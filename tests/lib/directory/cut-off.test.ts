import { afterEach, beforeEach, expect, test } from "vitest";
import type { Fault } from "#bin/local/ldap/ldap-server.ts";
import { operations } from "#bin/local/ldap/messages.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { onPage } from "#tests/support/ldap/faults.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
/** Settles when the directory was asked for people and keeps silent. */
let asked: Promise<void>;
let played: Fault | null;

beforeEach(async () => {
  played = null;
  sync = await openSync({ fault: (request, socket) => played?.(request, socket) ?? false });
  asked = new Promise((resolve) => {
    played = onPage(1, () => resolve());
  });
});
afterEach(() => sync.close());

const request = async () => {
  const answer = await sync.request();
  if (!answer.ok) throw new Error(answer.reason);
  return answer.runId;
};

test("a run that waits for a silent directory is cancelled within seconds", async () => {
  const runId = await request();
  const slice = sync.slice(runId);
  await asked;
  const since = Date.now();
  await sync.as("app", () => cancelRun(sync.actor, runId));
  await slice;
  // The rest is a job of its own.
  await sync.slice(runId);
  expect(Date.now() - since).toBeLessThan(5_000);
  expect(await sync.run(runId)).toMatchObject({ state: "cancelled", failure: null });
  expect(sync.failures).toEqual([]);
});

test("a worker that is told to stop meanwhile fails no run: it is read again from the beginning", async () => {
  const runId = await request();
  const stop = new AbortController();
  const slice = sync.slice(runId, stop.signal);
  await asked;
  stop.abort();
  await slice;
  expect(await sync.run(runId)).toMatchObject({ state: "reading", failure: null, lease: null });
  played = null;
  await sync.work(runId);
  expect(await sync.run(runId)).toMatchObject({ state: "completed", rows_read: 40, created: 40 });
  expect(sync.failures).toEqual([]);
});

/** Settles when somebody wants to sign in, and is not answered. */
const silentBind = () =>
  new Promise<void>((resolve) => {
    played = ({ operation }) => {
      if (operation === operations.bindRequest) resolve();
      return operation === operations.bindRequest;
    };
  });

test("a worker that is told to stop does not wait for a server that never answers the sign-in", async () => {
  const runId = await request();
  const stop = new AbortController();
  const waiting = silentBind();
  const slice = sync.slice(runId, stop.signal);
  await waiting;
  const since = Date.now();
  stop.abort();
  await slice;
  expect(Date.now() - since).toBeLessThan(5_000);
  expect(await sync.run(runId)).toMatchObject({ state: "reading", failure: null, lease: null });
  expect(sync.failures).toEqual([]);
});

test("approved removals that are being looked up are cancelled within seconds, and nobody is removed", async () => {
  played = null;
  await sync.sync();
  for (const { dn } of sync.people().slice(0, 12)) sync.remove(dn);
  const runId = await sync.sync();
  await sync.as("app", () => approveRemovals(sync.actor, { runId, typed: 12 }));
  const waiting = silentBind();
  const slice = sync.slice(runId);
  await waiting;
  const since = Date.now();
  await sync.as("app", () => cancelRun(sync.actor, runId));
  await slice;
  await sync.slice(runId);
  expect(Date.now() - since).toBeLessThan(5_000);
  expect(await sync.run(runId)).toMatchObject({ removals: "discarded", deleted: 0, failure: null });
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
});

test("approved removals are looked up in a job that has the time for it, however slow the directory is", async () => {
  played = null;
  await sync.sync();
  for (const { dn } of sync.people().slice(0, 12)) sync.remove(dn);
  const runId = await sync.sync();
  await sync.as("app", () => approveRemovals(sync.actor, { runId, typed: 12 }));
  let binds = 0;
  played = ({ operation }) => {
    if (operation === operations.bindRequest) binds += 1;
    return false;
  };
  const jobs = async () =>
    (
      await sync.sql`select count(*)::int as n from pgboss.job
        where name = 'run-reading' and data->>'runId' = ${runId}`
    )[0]?.n;
  const before = await jobs();
  await sync.slice(runId, undefined, "next");
  await sync.slice(runId, undefined, "first");
  expect([binds, await jobs()]).toEqual([0, before + 2]);
  await sync.slice(runId);
  expect(binds).toBe(1);
  await sync.slice(runId, undefined, "next");
  expect(await sync.run(runId)).toMatchObject({ state: "completed", removals: "approved", deleted: 12 });
});
