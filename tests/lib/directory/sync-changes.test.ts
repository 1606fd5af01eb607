import { afterEach, beforeEach, expect, test } from "vitest";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const everybody = 120;

beforeEach(async () => {
  sync = await openSync({ people: everybody });
  await sync.sync();
});
afterEach(() => sync.close());

const total = async () => (await sync.sql`select last_total from directories`)[0]?.last_total;

test("removals that wait are still asked about after the next run by schedule, which reads everything for them", async () => {
  for (const { dn } of sync.people().slice(0, 11)) sync.remove(dn);
  expect(await sync.run(await sync.sync())).toMatchObject({ removals: "waiting", waiting: 11 });
  const next = await sync.syncChanges();
  expect(await sync.run(next)).toMatchObject({ span: "full", removals: "waiting", waiting: 11 });
});

test("removals approved of a run that read only what changed leave the total that later runs are measured by", async () => {
  for (const { dn } of sync.people().slice(0, 11)) sync.change(dn, { nsAccountLock: "TRUE" });
  const run = await sync.syncChanges();
  expect(await sync.run(run)).toMatchObject({ span: "incremental", removals: "waiting", waiting: 11 });
  expect(await sync.as("app", () => approveRemovals(sync.actor, { runId: run, typed: 11 }))).toEqual({
    ok: true,
  });
  await sync.work(run);
  expect(await sync.run(run)).toMatchObject({ state: "completed", removals: "approved", deleted: 11 });
  expect(await total()).toBe(everybody);
});

test("whoever comes between two complete readings is in the lists that hold them, though no list has changed, and leaves them when they go", async () => {
  const { dn } = [...sync.directory.tree.entries.values()].find(({ attributes }) =>
    attributes.get("member"),
  ) as {
    dn: string;
  };
  const entry = sync.directory.tree.find(dn);
  const id = idOf(entry);
  const member = String(
    entry?.attributes.get("member")?.values.find((name) => String(name).startsWith("uid=p")),
  );
  await sync.settings("distribution-lists", { lists: { take: true, chosen: [{ id, dn, name: "Chosen" }] } });
  await sync.sync();
  sync.change(member, { nsAccountLock: "TRUE" });
  await sync.sync();
  const members = async () =>
    Number(
      (
        await sync.sql`select count(*) from group_members m join groups g on g.id = m.group_id where g.external_id = ${id}`
      )[0]?.count,
    );
  const without = await members();
  sync.change(member, { nsAccountLock: null });
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "incremental" });
  expect(await members()).toBe(without + 1);
  sync.change(member, { nsAccountLock: "TRUE" });
  expect(await sync.run(await sync.syncChanges())).toMatchObject({ span: "incremental", deleted: 1 });
  expect(await members()).toBe(without);
});
