import { expect, test } from "vitest";
import { idOf, oneOf, positionOf } from "#app/_web/query.ts";
import { accountSlugOf } from "#app/_web/request-path.ts";
import { withQuery } from "#app/_web/with-query.ts";

test.each([
  [undefined, undefined],
  ["  ", undefined],
  [["a", "b"], undefined],
  [" ada ", "ada"],
  ["a\0d\u0007a", "ada"],
])("a parameter %j is %j", (given, expected) => {
  expect(oneOf(given)).toBe(expected);
});

test("what is no id or no position counts as absent", () => {
  const id = "0193b0a0-0000-7000-8000-000000000001";
  expect([idOf(id), idOf("1"), idOf(`${id}'`), idOf([id, id])]).toEqual([
    id,
    undefined,
    undefined,
    undefined,
  ]);
  expect([positionOf("12"), positionOf("-1"), positionOf("1e3"), positionOf("9".repeat(12))]).toEqual([
    12,
    undefined,
    undefined,
    undefined,
  ]);
});

test.each([
  ["/a/acme", "acme"],
  ["/a/acme?x=1", "acme"],
  ["/a/acme/users", "acme"],
  ["/a/ACME", null],
  ["/a/ac", null],
  ["/sign-in", null],
  ["/b/a/acme", null],
])("%s names the account %j", (path, slug) => {
  expect(accountSlugOf(path)).toBe(slug);
});

test("a query names only what has a value", () => {
  expect(withQuery("/x", { a: "1 2", b: undefined, c: "" })).toBe("/x?a=1+2");
  expect(withQuery("/x", { a: null })).toBe("/x");
});
