import { expect, test } from "vitest";
import { isSameOrigin } from "#app/_web/is-same-origin.ts";

const base = "https://rollcall.example/";
const from = (headers: Record<string, string>) => isSameOrigin(new Headers(headers), base);

test("only the configured origin counts", () => {
  expect(from({ origin: "https://rollcall.example" })).toBe(true);
});

test.each([
  ["none", {}],
  ["null", { origin: "null" }],
  ["empty", { origin: "" }],
  ["another host, and the Host header with it", { origin: "https://evil.example", host: "evil.example" }],
  ["plain http", { origin: "http://rollcall.example" }],
  ["another port", { origin: "https://rollcall.example:8443" }],
  ["a longer host", { origin: "https://rollcall.example.evil.example" }],
  ["only a Referer", { referer: "https://rollcall.example/sign-in" }],
])("refused: %s", (_name, headers) => {
  expect(from(headers as Record<string, string>)).toBe(false);
});
