import { afterEach, beforeEach, expect, test } from "vitest";
import { DirectoryTree } from "#bin/local/ldap/directory-tree.ts";
import { operations } from "#bin/local/ldap/messages.ts";
import { readSearch } from "#bin/local/ldap/search.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
/** How often each name was asked for by itself. */
let asked: Map<string, number>;

beforeEach(async () => {
  asked = new Map();
  const none = new DirectoryTree("");
  sync = await openSync({
    fault: (request) => {
      if (request.operation === operations.searchRequest) {
        const { baseDn } = readSearch(request, none);
        asked.set(baseDn, (asked.get(baseDn) ?? 0) + 1);
      }
      return false;
    },
  });
});
afterEach(() => sync.close());

const listAt = (name: string) => `cn=${name},ou=Lists,dc=acme,dc=test`;

test("a list that stands in another is read once for both, and each has its people", async () => {
  const names = ["all-staff", "all-berlin"];
  const chosen = names.map((name) => {
    const dn = listAt(name);
    return { id: idOf(sync.directory.tree.find(dn)), dn, name };
  });
  await sync.settings("distribution-lists", { lists: { take: true, chosen } });
  await sync.sync();
  const groups = await sync.groups();
  expect(groups["all-staff"]).toBeGreaterThan(groups["all-berlin"] as number);
  expect(groups["all-berlin"]).toBeGreaterThan(0);
  // Its members stand in one of two attributes.
  expect(asked.get(listAt("all-berlin"))).toBe(2);
});
