import { expect, test } from "vitest";
import { readAddressList } from "#lib/users/address-list.ts";

const addresses = (text: string) => readAddressList(text).map(({ address }) => address);

test.each<[string, string[]]>([
  ["", []],
  [" ,;\r\n,, ", []],
  ["bo@acme.test", ["bo@acme.test"]],
  [
    "a@acme.test,b@acme.test;c@acme.test\nd@acme.test\r\ne@acme.test",
    ["a", "b", "c", "d", "e"].map((n) => `${n}@acme.test`),
  ],
  ["a@acme.test b@acme.test\tc@acme.test", ["a@acme.test", "b@acme.test", "c@acme.test"]],
  ['"Doe, J" <j@acme.test>', ["j@acme.test"]],
  [
    '"Doe, J" <j@acme.test>; Bo Berg <bo@acme.test>, <al@acme.test>',
    ["j@acme.test", "bo@acme.test", "al@acme.test"],
  ],
  ['"Doe \\"Jo, the; one\\"" <j@acme.test>', ["j@acme.test"]],
  ["j@acme.test <j@acme.test>", ["j@acme.test"]],
  ["\ufeff bo@acme.test\u200b", ["bo@acme.test"]],
  // A quote that nobody closed hides nothing.
  ['"Doe, j@acme.test\nbo@acme.test', ['"Doe', "j@acme.test", "bo@acme.test"]],
  // A blank within an address is not two people, and no address is lost between two.
  ["grace @acme.test", ["grace @acme.test"]],
  ["Bo berg@acme.test", ["Bo berg@acme.test"]],
  ["A <a@acme.test> B <b@acme.test>", ["A <a@acme.test> B <b@acme.test>"]],
  ["<>", [""]],
])("%j", (text, expected) => expect(addresses(text)).toEqual(expected));

test("what was written stays beside the address", () => {
  expect(readAddressList(' "Doe, J"  <j@acme.test> ')).toEqual([
    { text: '"Doe, J"  <j@acme.test>', address: "j@acme.test" },
  ]);
});

test.each([
  ["signs that open something", '"<'.repeat(100_000)],
  ["escapes", '"\\"'.repeat(70_000)],
  ["blanks", " ".repeat(200_000)],
  ["names without an end", `"${"a ".repeat(100_000)}`],
])("%s without end are read at once", (_, text) => {
  const started = performance.now();
  readAddressList(text);
  expect(performance.now() - started).toBeLessThan(1000);
});
