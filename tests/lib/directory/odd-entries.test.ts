import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const staff = "ou=Staff,dc=acme,dc=test";

beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

const idOf = (entry: Entry) => String(entry.attributes.get("entryuuid")?.values[0]);

test.each(["new", "known"])("an entry that is met in two places is one person: %s", async (who) => {
  if (who === "known") await sync.sync();
  const [first] = sync.people() as [Entry];
  sync.change(first.dn, { title: "Before" });
  const dn = `uid=moved,ou=Sales,ou=Delhi,${staff}`;
  const moved = sync.directory.tree.put(dn, {});
  for (const [name, values] of first.attributes) moved.attributes.set(name, values);
  sync.change(dn, { title: "After" });
  const run = await sync.run(await sync.sync());
  expect(run).toMatchObject({
    state: "completed",
    rows_read: 40,
    [who === "new" ? "created" : "updated"]: who === "new" ? 40 : 1,
  });
  expect(await sync.userOf(idOf(first))).toMatchObject({
    title: "After",
    organizational_unit: "Staff / Delhi / Sales",
  });
});
