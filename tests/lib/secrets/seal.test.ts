import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { open, openBytes, readKeys, seal, sealBytes } from "#lib/secrets/seal.ts";

const key = (id: string) => `${id}:${randomBytes(32).toString("base64")}`;
const old = key("k1");
const keys = readKeys(old);
const plain = Buffer.from("bind password: hunter2 🙂");

test("what was sealed opens to the same bytes, and never looks the same twice", () => {
  const [first, second] = [seal(keys, plain, "acct/1"), seal(keys, plain, "acct/1")];
  expect(open(keys, first, "acct/1")).toEqual(plain);
  expect(open(keys, second, "acct/1")).toEqual(plain);
  expect(first).not.toBe(second);
  expect(first).not.toContain("hunter2");
});

test("nothing at all can be sealed too", () => {
  expect(open(keys, seal(keys, Buffer.alloc(0), "c"), "c")).toEqual(Buffer.alloc(0));
});

test("a value moved to another row does not open there", () => {
  expect(() => open(keys, seal(keys, plain, "acct/1"), "acct/2")).toThrow();
});

test("with a new key in front, old values open and new ones are sealed with it", () => {
  const rotated = readKeys(`${key("k2")},${old}`);
  const before = seal(keys, plain, "c");
  expect(open(rotated, before, "c")).toEqual(plain);
  const after = seal(rotated, plain, "c");
  expect(after.startsWith("k2.")).toBe(true);
  expect(() => open(keys, after, "c")).toThrow(
    'sealed with key "k2", which is not among ROLLCALL_SECRET_KEYS',
  );
});

test("another key of the same name does not open it", () => {
  expect(() => open(readKeys(key("k1")), seal(keys, plain, "c"), "c")).toThrow();
});

describe("a changed value does not open", () => {
  const sealed = seal(keys, plain, "c");
  const body = Buffer.from(sealed.slice(3), "base64url");
  test.each([0, 11, 12, 27, 28, body.length - 1])("byte %i flipped", (at) => {
    const changed = Buffer.from(body);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => open(keys, `k1.${changed.toString("base64url")}`, "c")).toThrow();
  });

  test.each([0, 1, 12, 20, 28, body.length - 1])("cut to %i bytes", (length) => {
    expect(() => open(keys, `k1.${body.subarray(0, length).toString("base64url")}`, "c")).toThrow();
  });

  test.each(["", ".", "k1", "k1.", "k9.AAAA", "no dot"])("%j", (text) => {
    expect(() => open(keys, text, "c")).toThrow();
  });
});

test("a tag cut to fewer bytes is refused, however the rest fits", () => {
  const raw = randomBytes(32);
  const sealed = sealBytes(raw, Buffer.alloc(0), "c");
  expect(openBytes(raw, sealed, "c")).toEqual(Buffer.alloc(0));
  expect(() => openBytes(raw, sealed.subarray(0, 16), "c")).toThrow();
});
