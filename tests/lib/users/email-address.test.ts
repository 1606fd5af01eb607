import { describe, expect, it } from "vitest";
import { type AddressRefusal, readEmailAddress } from "#lib/users/email-address.ts";

const local64 = "a".repeat(64);
const domain189 = `${"b".repeat(63)}.${"c".repeat(63)}.${"d".repeat(61)}`;

const refused: [text: string, reason: AddressRefusal][] = [
  ["", "empty"],
  ["   ", "empty"],
  ["bob", "malformed"],
  ["bob@", "malformed"],
  ["@acme.test", "malformed"],
  ["bob@@acme.test", "malformed"],
  ["bob@acme.test ", "malformed"],
  [" bob@acme.test", "malformed"],
  ["bob smith@acme.test", "malformed"],
  ["Bob <bob@acme.test>", "malformed"],
  ["bob@acme.test,eve@evil.test", "malformed"],
  ["bob@acme.test;eve@evil.test", "malformed"],
  ['"bob"@acme.test', "malformed"],
  ['"e@evil.test"@acme.test', "malformed"],
  ["bob(comment)@acme.test", "malformed"],
  ["bob@acme..test", "malformed"],
  ["bob@-acme.test", "malformed"],
  ["bob@acme.test-", "malformed"],
  ["bob@acme.test.", "malformed"],
  ["bob@[127.0.0.1]", "malformed"],
  ["bob\\@acme.test", "malformed"],
  ["bob%0d%0abcc:eve@evil.test", "malformed"],
  [`bob@${"b".repeat(64)}.test`, "malformed"],
  ["bob@acme.test\r\nBcc: eve@evil.test", "control_character"],
  ["bob\n@acme.test", "control_character"],
  ["bob\u0000@acme.test", "control_character"],
  ["bob\u007f@acme.test", "control_character"],
  ["bob\u0085@acme.test", "control_character"],
  ["bob@ac\u212ae.test", "not_ascii"],
  ["\u212aim@acme.test", "not_ascii"],
  ["b\u0130b@acme.test", "not_ascii"],
  ["bob\u202e@acme.test", "not_ascii"],
  ["bob\u200b@acme.test", "not_ascii"],
  ["bob\u00a0@acme.test", "not_ascii"],
  ["bob\uff20acme.test", "not_ascii"],
  ["jürgen@acme.test", "not_ascii"],
  ["bob@аcme.test", "not_ascii"],
  [`${"a".repeat(65)}@acme.test`, "local_part_too_long"],
  [`${local64}@${domain189}x`, "too_long"],
  [`${"a".repeat(10_000_000)}@acme.test`, "too_long"],
];

const accepted: [text: string, domain: string][] = [
  ["bob@acme.test", "acme.test"],
  ["Bob.Smith+tag@ACME.Test", "acme.test"],
  ["o'neil@acme.test", "acme.test"],
  ["a!#$%&'*+/=?^_`{|}~-z@acme.test", "acme.test"],
  ["1@a.b.c.d.test", "a.b.c.d.test"],
  ["bob@xn--mnchen-3ya.test", "xn--mnchen-3ya.test"],
  [`${local64}@${domain189}`, domain189],
];

describe("readEmailAddress", () => {
  it.each(refused)("refuses %j", (text, reason) => {
    expect(readEmailAddress(text)).toEqual({ ok: false, reason });
  });

  it.each(accepted)("takes %j as it is written", (text, domain) => {
    expect(readEmailAddress(text)).toEqual({ ok: true, address: text, domain });
  });
});
