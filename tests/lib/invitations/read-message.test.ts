import { expect, test } from "vitest";
import { readMessage } from "#lib/invitations/read-message.ts";

test.each<[string, string | null]>([
  ["", null],
  [" \r\n\t\u200e ", null],
  ["Welcome!\r\nSee you on Monday.\rBo", "Welcome!\nSee you on Monday.\nBo"],
  ["<b>Hello</b> & <script>alert(1)</script>", "<b>Hello</b> & <script>alert(1)</script>"],
  ["a\u0000b\u0007c\u009bd\u202ee\u2066f\u200fg\ufeff", "abcdefg"],
  ["one\ttwo\u2028three", "one two\nthree"],
  // Signs that write words and pictures stay.
  ["می\u200cخواهم 👩‍👩‍👧", "می\u200cخواهم 👩‍👩‍👧"],
  [
    "We begin at 9.30, e.g. z.B. in room 3.2... See the U.S. team: ask Bo!",
    "We begin at 9.30, e.g. z.B. in room 3.2... See the U.S. team: ask Bo!",
  ],
  ["x".repeat(1000), "x".repeat(1000)],
  [`${"👋".repeat(1000)}\r\n`, "👋".repeat(1000)],
])("%j is kept as %j", (text, message) => expect(readMessage(text)).toEqual({ ok: true, message }));

test.each([
  ["x".repeat(1001), 1001],
  ["👋".repeat(1001), 1001],
  ["y".repeat(10_240), 10_240],
])("too long: %#", (text, length) =>
  expect(readMessage(text)).toEqual({ ok: false, reason: "too_long", length }),
);

test.each([
  "https://evil.example/x",
  "HTTP://EVIL",
  "evil.example",
  "(www.evil.example)",
  "evil.example/login?next=acme",
  "user:pass@evil.example",
  "bo@acme.test",
  "mailto:bo",
  "tel:+4930123",
  "javascript:alert(1)",
  "ev\u200bil.exam\u00adple",
  "evil.\u200dexample",
  "evil\u3002example",
  "evil\uff0eexample",
  "münchen.example",
  "пример.рф",
  "xn--e1afmkfd.example",
  "[here](evil.example)",
  '<a href="//evil.example">here</a>',
  "today.We",
])("a link is found in its line: %s", (link) => {
  expect(readMessage(`Dear all,\r\nplease ${link} now`)).toMatchObject({
    ok: false,
    reason: "link",
    line: 2,
  });
});

test("the longest line without a blank is looked through at once", () => {
  const started = performance.now();
  for (const piece of ["a", "a.", "-", "a:/", "mailto"]) readMessage(piece.repeat(1000).slice(0, 1000));
  expect(performance.now() - started).toBeLessThan(200);
});
