import { afterAll, beforeAll, expect, test } from "vitest";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import type { DirectoryEntry } from "#lib/directory/ldap/entry.ts";
import { type RunningDrill, startDrill } from "#tests/support/ldap/start-drill.ts";

let running: RunningDrill;
let people: DirectoryEntry[];

beforeAll(async () => {
  running = await startDrill();
  people = [];
  const connection = await running.open("ldaps");
  const search = { baseDn: sampleSuffix, filter: "(objectClass=inetOrgPerson)", attributes: ["*"] };
  for await (const page of connection.pages(search)) people.push(...page.entries);
  connection.close();
});
afterAll(() => running.stop());

const all = (name: string) => people.map((entry) => entry.text(name));

test("the sample company has what real directories have: too long, of another encoding, shared, missing", () => {
  expect(all("title").filter((title) => (title?.length ?? 0) > 200)).toHaveLength(2);
  const bytes = people.find((entry) => entry.text("uid") === "p0026")?.bytes("sn");
  expect(bytes?.toString("latin1")).toBe("Müller");
  expect(bytes?.toString("utf8")).not.toBe("Müller");
  const mails = all("mail").filter((mail) => mail);
  // One of 97 has none; one of 200 has another's.
  expect([mails.length, new Set(mails).size]).toEqual([1_200 - 12, 1_200 - 12 - 6]);
  expect(all("nsAccountLock").filter((locked) => locked === "TRUE").length).toBeGreaterThan(5);
});

test("everybody has an address and a phone, some several", () => {
  for (const name of ["street", "postalCode", "st", "l", "telephoneNumber"])
    expect(
      all(name).filter((value) => !value),
      name,
    ).toEqual([]);
  expect(people.filter((entry) => entry.texts("telephoneNumber").length === 2)).toHaveLength(24);
});

test("units have more than twenty members, each below its own name", () => {
  const sizes = Map.groupBy(people, ({ dn }) => dn.replace(/^[^,]+,/, ""));
  expect([...sizes.values()].map((each) => each.length)).toEqual(Array(20).fill(60));
});
