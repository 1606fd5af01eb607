import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillTemplate } from "#lib/mail/fill-template.ts";

const link = "https://rollcall.example/join/abc_DEF-123";
const good = {
  accountName: "Acme",
  inviterName: "Dana Cole",
  recipient: "lee@acme.test",
  link,
  expires: "6 December 2026",
};
const invite = (values: Partial<typeof good>) => fillTemplate("invitation", "en", { ...good, ...values });

// What mail programs turn into links by themselves, wider than any of them. A word joiner ends a link.
const linkable = /\w:[^\s\u2060]|www\.[^\s\u2060]|[\p{L}\d-]\.\p{L}{2,}|\S@[^\s\u2060]/giu;
function foreignLinks(text: string): string[] {
  return text.replaceAll(link, "").replaceAll("lee@acme.test", "").match(linkable) ?? [];
}

describe("an invitation", () => {
  test("names the account, who invites, the address, the link and the expiry date in both parts", () => {
    const mail = invite({});
    expect(mail.subject).toBe("Dana Cole invites you to join Acme");
    for (const part of [mail.html, mail.text]) {
      for (const value of Object.values(good)) expect(part).toContain(value);
      expect(part).not.toContain("{{");
    }
  });

  test("is the same, byte for byte, every time", () => {
    expect(invite({})).toEqual(invite({}));
  });
});

const hostile = [
  ["markup", '<a href="https://evil.example">click</a><img src=x onerror=alert(1)>'],
  ["an attribute that breaks out", '" onmouseover="alert(1)'],
  ["a header", "Acme\r\nBcc: victim@evil.example\r\n\r\nbody"],
  ["a lone CR, VT, NEL and line separators", "A\rB\u000bC\u0085D\u2028E\u2029F"],
  ["a bidi override", "Acme \u202egnp.exe\u2066"],
  ["invisible marks", "Ac\u200bme\u00ad\ufeff\u{e0041}"],
  ["a link", "See https://evil.example/now"],
  ["a link with capitals", "HTTPS://EVIL.EXAMPLE"],
  ["a bare domain", "evil.example"],
  ["a www name", "www.evil.example"],
  ["an address", "mail me: boss@evil.example"],
  ["a script link", "javascript:alert(1)"],
  ["a domain of other letters", "пример.рф"],
  ["a slot", "{{link}}{{inviterName}}"],
  ["a replacement pattern", "$& $1 $` $'"],
] as const;

describe.each(["accountName", "inviterName"] as const)("%s with", (slot) => {
  test.each(hostile)("%s makes neither a link nor a header nor markup", (_, name) => {
    const mail = invite({ [slot]: name });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a header is what must not hold them
    expect(mail.subject).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/);
    expect(mail.html.match(/<a /g)).toHaveLength(1);
    expect(mail.html).not.toMatch(/<img|<script|onmouseover="/);
    expect(mail.html.match(/https?:\/\/(?!www\.w3\.org)[^"< ]+/g)).toEqual([link]);
    expect(foreignLinks(mail.text)).toEqual([]);
    expect(foreignLinks(mail.subject)).toEqual([]);
  });
});

test("a name of one million letters is cut", () => {
  expect(invite({ accountName: "A".repeat(1_000_000) }).subject.length).toBeLessThan(200);
});

test("whatever the names are, the subject is one line and the mail has one link", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
      const mail = invite({ accountName: `a${name}`, inviterName: `b${name}` });
      return (
        !/[\r\n\0]/.test(mail.subject) && mail.html.split("<a ").length === 2 && mail.subject.isWellFormed()
      );
    }),
  );
});

test.each([
  [{ expires: "" }, /needs a value for expires/],
  [{ link: "javascript:alert(1)" }, /link is not a link/],
  [{ link: 'https://x.test/"><b>' }, /link is not a link/],
  [{ colour: "red" }, /no slot for the value colour/],
])("a wrong value %j is a programming error", (wrong, message) => {
  expect(() => invite(wrong as Partial<typeof good>)).toThrow(message);
});
