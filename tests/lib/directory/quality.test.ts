import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { listQuality } from "#lib/directory/list-quality.ts";
import { type QualityKind, qualityKinds } from "#lib/directory/quality-kinds.ts";
import { readQuality } from "#lib/directory/read-quality.ts";
import { streamQuality } from "#lib/directory/stream-quality.ts";
import { circlesOf } from "#lib/directory/sync/circles-of.ts";
import { idOf, openSync, type Sync } from "./sync-run.ts";

let sync: Sync;
const at = (nth: number) => {
  const person = sync.people()[nth];
  if (!person) throw new Error("the sample directory has no such person");
  return person;
};
const mailOf = (nth: number) => String(at(nth).attributes.get("mail")?.values[0]);
const lists = `ou=Lists,${sampleSuffix}`;

beforeAll(async () => {
  sync = await openSync();
  sync.change(at(1).dn, { mail: mailOf(0).toUpperCase() });
  sync.change(at(2).dn, { mail: null });
  sync.change(at(3).dn, { mail: "=cmd@home.test" });
  sync.change(at(4).dn, { mail: "not an address" });
  sync.change(at(5).dn, { title: "x".repeat(201) });
  // One of the sample company has such a title already.
  sync.change(at(17).dn, { title: "Engineer" });
  sync.change(at(6).dn, { departmentNumber: "Robots" });
  await sync.settings("users", {
    users: {
      mapping: "default",
      attributes: {},
      inclusion: "",
      exclusions: [{ field: "department", how: "is", value: "robots" }],
      inviteNew: false,
      disabledBy: null,
    },
  });
  const chosen = ["circle-a", "all-berlin"].map((name) => {
    const dn = `cn=${name},${lists}`;
    return { id: idOf(sync.directory.tree.find(dn)), dn, name };
  });
  await sync.settings("distribution-lists", { lists: { take: true, chosen } });
  await sync.sync();
  sync.change(berliner().dn, { nsAccountLock: "TRUE" });
  await sync.sync();
});
afterAll(() => sync.close());

const berliner = () => at(sync.people().findIndex(({ dn }, nth) => nth > 6 && dn.includes("ou=Berlin,")));

const read = () => sync.as("app", () => readQuality(sync.actor));
const list = (kind: QualityKind, cursor = {}) => sync.as("app", () => listQuality(sync.actor, kind, cursor));

async function csv(kind: QualityKind) {
  let text = "";
  await sync.as("app", async () => {
    for await (const part of streamQuality(sync.actor, kind)) text += part;
  });
  return text;
}

test("how many of each kind, and who", async () => {
  const { counts, circles, at: readAt } = await read();
  expect(counts).toEqual({
    no_mail: 1,
    shared_mail: 1,
    foreign_mail: 1,
    odd_mail: 1,
    odd_value: 1,
    disabled_in_list: 1,
    left_out: 1,
  });
  expect(circles).toEqual([["circle-a", "circle-b"]]);
  expect(readAt).toBeInstanceOf(Date);
  const rows = Object.fromEntries(
    await Promise.all(
      qualityKinds.map(async (kind) => [
        kind,
        (await list(kind)).rows.map(({ name, detail }) => [name, detail]),
      ]),
    ),
  );
  expect(rows).toEqual({
    no_mail: [[at(2).dn, expect.stringContaining("Pending Email Input")]],
    shared_mail: [[mailOf(0), expect.stringContaining(at(1).dn)]],
    foreign_mail: [[at(3).dn, expect.stringContaining("not in a domain of this account")]],
    odd_mail: [[at(4).dn, expect.stringContaining("not a valid e-mail address")]],
    odd_value: [[at(5).dn, expect.stringContaining("201 characters")]],
    disabled_in_list: [[berliner().dn, "In all-berlin"]],
    left_out: [[at(6).dn, expect.stringContaining("department is “robots”")]],
  });
});

test("what is mended is not told any more, nor who is gone", async () => {
  sync.change(at(1).dn, { mail: "own@acme.test" });
  sync.change(at(2).dn, { mail: "mended@acme.test" });
  sync.change(berliner().dn, { nsAccountLock: null });
  sync.remove(at(5).dn);
  await sync.sync();
  expect((await read()).counts).toMatchObject({
    no_mail: 0,
    shared_mail: 0,
    odd_value: 0,
    disabled_in_list: 0,
  });
  sync.change(at(8).dn, { mail: mailOf(9) });
  await sync.sync();
  await sync.sync();
  expect((await read()).counts.shared_mail).toBe(1);
  sync.change(at(8).dn, { mail: "another@acme.test" });
  await sync.sync();
});

test("pages both ways, and the same as a file that no spreadsheet runs", async () => {
  await sync.sql`insert into directory_entries (account_id, external_id, dn, dn_key, verdict, reason, marks, run_id)
    select ${sync.acme.id}, 'many-' || lpad(n::text, 4, '0'), '=cmd' || n, 'many' || n, 'in', null, '{odd_value}', uuid_v7()
    from generate_series(1, 2120) n`;
  const first = await list("odd_value");
  expect([first.rows.length, first.previous]).toEqual([50, null]);
  const second = await list("odd_value", { after: first.next });
  expect(second.rows[0]?.key).toBe("many-0051");
  expect((await list("odd_value", { before: second.previous })).rows).toEqual(first.rows);
  expect((await list("odd_value", { last: true })).rows.at(-1)?.key).toBe("many-2120");
  const lines = (await csv("odd_value")).trimEnd().split("\r\n");
  expect(lines).toHaveLength(2_121);
  expect(lines[1]).toMatch(/^'=cmd1,/);
});

test("addresses that several have, page by page", async () => {
  await sync.sql`insert into directory_entries (account_id, external_id, dn, dn_key, email, verdict, run_id)
    select ${sync.acme.id}, 'twin-' || n || '-' || m, 'cn=' || n || '-' || m, 'cn=' || n || '-' || m, 'twin' || lpad(n::text, 3, '0') || '@acme.test', 'in', uuid_v7()
    from generate_series(1, 60) n cross join generate_series(1, 2) m`;
  const last = await list("shared_mail", { last: true });
  expect(last.rows.at(-1)).toMatchObject({ name: "twin060@acme.test", detail: "cn=60-1; cn=60-2" });
  const before = await list("shared_mail", { before: last.previous });
  expect([before.rows.length, before.previous]).toEqual([10, null]);
});

test.each<[string, Record<string, string[]>, string[][]]>([
  ["a tree", { a: ["b", "c"], b: ["d"], c: ["d"] }, []],
  ["itself", { a: ["a"] }, [["a"]]],
  ["two", { a: ["b"], b: ["a"] }, [["a", "b"]]],
  [
    "a way into a circle, and out of it",
    { x: ["a"], a: ["b"], b: ["c"], c: ["a", "y"], y: ["z"] },
    [["a", "b", "c"]],
  ],
  [
    "two circles with a way between",
    { a: ["b"], b: ["a", "c"], c: ["d"], d: ["c"] },
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
])("lists that hold each other: %s", (_, nesting, circles) => {
  const sets = new Map(Object.entries(nesting).map(([key, inner]) => [key, new Set(inner)]));
  expect(
    circlesOf(sets)
      .map((circle) => circle.sort())
      .sort(),
  ).toEqual(circles);
});

test("a chain of 100,000 lists is walked without running out of stack", () => {
  const chain = new Map(
    Array.from({ length: 100_000 }, (_, nth) => [`${nth}`, new Set([`${(nth + 1) % 100_000}`])]),
  );
  expect(circlesOf(chain)[0]).toHaveLength(100_000);
});
