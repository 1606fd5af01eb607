import { expect, test } from "vitest";
import { searchEntry } from "#bin/local/ldap/messages.ts";
import { dnKey } from "#lib/directory/dn-key.ts";
import { entryId } from "#lib/directory/ldap/entry-id.ts";
import type { ProbedServer } from "#lib/directory/ldap/probe-server.ts";
import { readFound } from "#lib/directory/ldap/read-entry.ts";
import { listOf } from "#lib/directory/sync/read-lists.ts";

type Values = (string | Buffer)[];

/** An entry as it comes over the wire. */
function read(dn: string, attributes: [string, Values][]) {
  const bytes = searchEntry(1, dn, attributes);
  const entry = readFound(bytes, 0, bytes.length)?.entry;
  if (!entry) throw new Error("no entry was read");
  return entry;
}
const ad: Pick<ProbedServer, "kind" | "idAttribute"> = {
  kind: "active_directory",
  idAttribute: "objectGUID",
};

test("values without a language count, wherever they stand; else the first of a language", () => {
  const plain: [string, Values] = ["title", ["Head"]];
  const german: [string, Values] = ["Title;lang-de", ["Leiter"]];
  const french: [string, Values] = ["title;lang-fr", ["Chef"]];
  expect(read("cn=a", [german, plain, french]).texts("title")).toEqual(["Head"]);
  expect(read("cn=a", [plain, german]).text("TITLE")).toBe("Head");
  const foreign = read("cn=a", [german, french]);
  expect(foreign.text("title")).toBe("Leiter");
  expect(foreign.text("title;lang-FR")).toBe("Chef");
});

test("a part of the values is never taken for all of them", () => {
  const entry = read("cn=a", [
    ["member", []],
    ["member;range=0-1", ["cn=b", "cn=c"]],
  ]);
  expect(entry.texts("member")).toEqual([]);
  expect(entry.range("member")).toEqual({ values: ["cn=b", "cn=c"], from: 0, isLast: false });
  expect(read("cn=a", [["member;range=0-1", ["cn=b"]]]).has("member")).toBe(false);
});

test("a zero byte in a name is written as names are", () => {
  const { dn } = read("cn=a\0b,dc=x", []);
  expect(dn).toBe("cn=a\\00b,dc=x");
  expect(dnKey(dn)).not.toContain("\0");
});

test.each([
  ["6C0A-11", "6c0a-11"],
  ["", null],
  ["a\0b", null],
  ["a b", null],
  ["x".repeat(201), null],
])("the id %j is kept as %j", (written, kept) => {
  expect(entryId(read("cn=a", [["entryUUID", [written]]]), "entryUUID")).toBe(kept);
});

test("a security identifier that is too short for a number of its own costs only that", () => {
  const guid: [string, Values] = ["objectGUID", [Buffer.alloc(16, 7)]];
  const list = (sid: Buffer) => listOf(read("cn=l,dc=x", [guid, ["objectSid", [sid]]]), ad as ProbedServer);
  const whole = Buffer.from("01020000000000052000000020020000", "hex");
  expect(list(whole)?.rid).toBe(544);
  expect(list(whole.subarray(0, 3))).toMatchObject({ rid: null, name: "cn=l,dc=x" });
});

test("a list whose name is none is passed over", () => {
  expect(listOf(read("no name", [["objectGUID", [Buffer.alloc(16, 7)]]]), ad as ProbedServer)).toBeNull();
});
