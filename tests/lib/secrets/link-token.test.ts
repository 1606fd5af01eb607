import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { isLinkToken, linkTokenId, mintLinkToken } from "#lib/secrets/link-token.ts";

const key = randomBytes(32).toString("base64");
const id = "0190a1b2-c3d4-7e5f-8a6b-0123456789ab";
const token = mintLinkToken(key, "join", id, "mail:1");

test("the same input gives the same token: a mail rendered twice is the same mail", () => {
  expect(mintLinkToken(key, "join", id, "mail:1")).toBe(token);
  expect(isLinkToken(key, "join", token, "mail:1")).toBe(true);
  expect(linkTokenId(token)).toBe(id);
  expect(token).toMatch(/^[\w-]{54}$/);
});

describe("a token is good for nothing but what it was made for", () => {
  test.each([
    ["another purpose", () => isLinkToken(key, "sign-in", token, "mail:1")],
    ["a later generation", () => isLinkToken(key, "join", token, "mail:2")],
    ["the copied link", () => isLinkToken(key, "join", token, "copy:1")],
    ["no variant", () => isLinkToken(key, "join", token)],
    ["another key", () => isLinkToken(randomBytes(32).toString("base64"), "join", token, "mail:1")],
    [
      "purpose and variant run together",
      () => isLinkToken(key, "join", mintLinkToken(key, "join", id, ""), "\n"),
    ],
  ])("%s", (_, check) => {
    expect(check()).toBe(false);
  });

  test("of another row", () => {
    const other = Buffer.from(token, "base64url");
    other[15] = (other[15] ?? 0) ^ 1;
    const moved = other.toString("base64url");
    expect(linkTokenId(moved)).not.toBe(id);
    expect(isLinkToken(key, "join", moved, "mail:1")).toBe(false);
  });
});

test("each single bit counts", () => {
  const bytes = Buffer.from(token, "base64url");
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const forged = Buffer.from(bytes);
    forged[bit >> 3] = (forged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(isLinkToken(key, "join", forged.toString("base64url"), "mail:1")).toBe(false);
  }
});

describe("what is no token at all is refused without a throw", () => {
  test.each([
    "",
    " ",
    "a",
    token.slice(0, -1),
    `${token}A`,
    `${token}=`,
    ` ${token}`,
    `${token}\n`,
    token.toUpperCase(),
    "\0".repeat(54),
    "🙂".repeat(14),
    "../../etc/passwd",
    "x".repeat(1_000_000),
  ])("case %#", (text) => {
    expect(isLinkToken(key, "join", text, "mail:1")).toBe(false);
  });

  test("a second spelling of the same bytes", () => {
    const standard = Buffer.from(token, "base64url").toString("base64");
    const other = [...token].with(-1, token.endsWith("A") ? "B" : "A").join("");
    for (const text of [standard, other])
      if (text !== token) expect(isLinkToken(key, "join", text, "mail:1")).toBe(false);
  });
});
