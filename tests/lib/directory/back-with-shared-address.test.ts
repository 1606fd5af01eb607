import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

function comeBack({ dn, attributes }: Entry): void {
  const back = sync.directory.tree.put(dn, {});
  for (const [name, values] of attributes) back.attributes.set(name, values);
}

test("two who share an address were suspended and come back: the run ends, and whoever had it has it", async () => {
  const pair = sync.people().slice(0, 2) as [Entry, Entry];
  const mail = "shared@acme.test";
  for (const { dn } of pair) sync.change(dn, { mail });
  await sync.sync();
  const has = async () =>
    (await Promise.all(pair.map((one) => sync.userOf(idOf(one))))).map((one) => one?.email);
  const before = await has();
  expect(before.toSorted()).toEqual([null, mail]);
  for (const { dn } of pair) sync.remove(dn);
  await sync.sync();
  expect((await sync.statuses()).suspended).toBe(2);
  for (const one of pair) comeBack(one);
  const run = await sync.sync();
  expect(await sync.run(run)).toMatchObject({ state: "completed", failure: null });
  expect(Object.values(await sync.said(run)).join()).toMatch(
    /Is back in the directory. The address shared@acme.test is held by/,
  );
  expect((await sync.statuses()).suspended).toBeUndefined();
  expect(await has()).toEqual(before);
});
