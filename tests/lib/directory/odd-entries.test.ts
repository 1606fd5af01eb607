import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Entry } from "#bin/local/ldap/directory-tree.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const staff = "ou=Staff,dc=acme,dc=test";

beforeEach(async () => {
  sync = await openSync();
});
afterEach(() => sync.close());

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

/** An entry whose name the server writes in a way of its own. */
function put(dn: string, values: Record<string, string | string[]>, written = dn): void {
  const entry = sync.directory.tree.put(dn, {
    entryUUID: `odd-${sync.directory.tree.entries.size}`,
    ...values,
  });
  entry.dn = written;
}

const unit = { objectClass: ["organizationalUnit"] };
const person = { objectClass: ["person"], sn: "Odd" };
const list = { objectClass: ["groupOfNames"], cn: "odd" };
/** Nothing in it repeats, or an index would take it all the same. */
const long = Array.from({ length: 100 }, (_, nth) =>
  createHash("sha256").update(`${nth}`).digest("base64url"),
).join("");

test.each<[string, () => void]>([
  ["NUL in a person's name", () => put(`uid=a\\00b,${staff}`, person)],
  ["NUL as it is in a person's name", () => put(`uid=ab,${staff}`, person, `uid=a\0b,${staff}`)],
  ["NUL in a person's id", () => put(`uid=ab,${staff}`, { ...person, entryUUID: "a\0b" })],
  ["NUL in a unit's name", () => put(`ou=a\\00b,${staff}`, unit)],
  ["a unit whose name is none", () => put(`ou=odd,${staff}`, unit, `ou=#odd,${staff}`)],
  [
    "units in units, longer than an index takes",
    () => {
      for (let nth = 1; nth <= 20; nth += 1)
        put(
          `${Array.from({ length: nth }, (_, at) => `ou=${long.slice(200 * (nth - at - 1), 200 * (nth - at))},`).join("")}${staff}`,
          unit,
        );
    },
  ],
  ["NUL in a list's title", () => put(`cn=odd,${staff}`, { ...list, cn: "o\0d" })],
  ["a list whose title is too long", () => put(`cn=odd,${staff}`, { ...list, cn: long })],
  ["a list whose name is none", () => put(`cn=odd,${staff}`, list, `cn=#odd,${staff}`)],
  [
    "NUL in a member's name",
    () => put(`cn=odd,${staff}`, { ...list, member: ["uid=a\\00b,dc=acme,dc=test"] }),
  ],
])("one odd entry ends no sync: %s", async (_name, add) => {
  add();
  const lists = [...sync.directory.tree.entries.values()].filter(({ dn }) =>
    /^cn=(#?odd|first-aid)/.test(dn),
  );
  const chosen = lists.map((entry) => ({ id: idOf(entry), dn: entry.key, name: "odd" }));
  await sync.settings("distribution-lists", { lists: { take: true, chosen } });
  expect(await sync.run(await sync.sync())).toMatchObject({ state: "completed" });
  expect((await sync.statuses()).not_invited).toBeGreaterThanOrEqual(40);
});
