import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { approveRemovals } from "#lib/runs/approve-removals.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;

beforeEach(async () => {
  sync = await openSync();
  const { tree } = sync.directory;
  for (const { attributes, key } of tree.entries.values())
    attributes.set("nsuniqueid", { name: "nsUniqueId", values: [`n-${key}`] });
  await sync.sync();
});
afterEach(() => sync.close());

/** What answers calls itself another kind of server, by whose ids everybody is somebody else. */
function becomeAnother(): void {
  const { attributes } = sync.directory.tree.find("") as Entry;
  attributes.set("objectclass", { name: "objectClass", values: ["top"] });
  attributes.set("vendorname", { name: "vendorName", values: ["389 Project"] });
}

test("a server of another kind than was tested: the run fails, nobody is brought a second time", async () => {
  becomeAnother();
  const run = await sync.run(await sync.sync());
  expect(run).toMatchObject({ state: "failed", failure: expect.stringMatching(/another kind/) });
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
});

test("approved removals are not confirmed by a server that knows nobody by their id", async () => {
  const gone = sync.people().slice(0, 12);
  const attributes = gone.map((entry) => new Map(entry.attributes));
  for (const { dn } of gone) sync.remove(dn);
  const run = await sync.sync();
  for (const [nth, { dn }] of gone.entries())
    for (const [name, values] of attributes[nth] ?? [])
      (sync.directory.tree.find(dn) ?? sync.directory.tree.put(dn, {})).attributes.set(name, values);
  becomeAnother();
  await sync.as("app", () => approveRemovals(sync.actor, { runId: run, typed: 12 }));
  await sync.work(run);
  expect(await sync.run(run)).toMatchObject({ removals: "discarded", deleted: 0 });
  expect(await sync.statuses()).toEqual({ not_invited: 40 });
});

test("nobody's mail can be read any more: the run fails, and everybody keeps their address", async () => {
  for (const { dn } of sync.people()) sync.change(dn, { mail: null });
  const run = await sync.run(await sync.sync());
  expect(run).toMatchObject({ state: "failed", failure: expect.stringMatching(/nobody's mail address/) });
  expect(await sync.sql`select count(email)::int as n from users where external_id is not null`).toEqual([
    { n: 40 },
  ]);
});
