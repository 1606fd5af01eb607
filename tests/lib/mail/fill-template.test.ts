import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { everyMail, fillSample, foreignLinks, hostile, personalSlots, sampleLink } from "./sample-values.ts";

const invite = (values: Record<string, string | null>) => fillSample("invitation", "en", values);

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
const unseen = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/;

describe("an invitation", () => {
  test("names the account, who invites and why, the address, the link and the expiry date in both parts", () => {
    const mail = invite({});
    expect(mail.subject).toBe("Dana Cole invites you to join Acme");
    const told = [
      "Acme",
      "Dana Cole",
      "lee@acme.test",
      sampleLink,
      "6 December 2026",
      "Our new home for projects.",
    ];
    for (const part of [mail.html, mail.text]) {
      for (const value of [...told, "Dana Cole writes:", "See you there."]) expect(part).toContain(value);
      expect(part).not.toContain("{{");
    }
    expect(mail.text).toContain(
      "\n\nDana Cole writes:\n\n> See you there.\n\nOur new home for projects.\n\n",
    );
  });

  test("has no box, and no words about one, without a message", () => {
    for (const message of [null, "", " \u200b\n "]) {
      const mail = invite({ message });
      for (const part of [mail.html, mail.text]) expect(part).not.toContain("writes:");
      expect(mail.html).not.toContain('class="box"');
      expect(mail.text).toContain("the address lee@acme.test.\n\nOur new home");
    }
  });

  test("keeps the lines of a message, and empty ones between them", () => {
    const mail = invite({ message: "Hello,\r\n\r\n\r\n\r\nplease join.\nDana" });
    expect(mail.text).toContain("> Hello,\n>\n> please join.\n> Dana\n");
    expect(mail.html).toContain("Hello,<br/><br/>please join.<br/>Dana");
  });

  test("is the same, byte for byte, every time", () => {
    expect(invite({})).toEqual(invite({}));
  });
});

describe.each(everyMail)("$kind in $language", ({ kind, language }) => {
  const cases = personalSlots(kind).flatMap((slot) => hostile.map(([what, text]) => ({ slot, what, text })));

  test("holds no foreign link, markup or header, whatever people wrote in it", () => {
    for (const { slot, what, text } of cases) {
      const mail = fillSample(kind, language, { [slot]: text });
      const where = `${slot} with ${what}`;
      expect(mail.subject, where).not.toMatch(/[\n\u2066-\u2069]/);
      for (const part of Object.values(mail)) expect(part, where).not.toMatch(unseen);
      expect(mail.html.match(/<a /g), where).toHaveLength(1);
      expect(mail.html, where).not.toMatch(/<img|<script|onmouseover="/);
      expect(mail.html.match(/https?:\/\/(?!www\.w3\.org)[^"< ]+/g), where).toEqual([sampleLink]);
      expect(mail.text.match(/https?:\/\/\S+/g), where).toEqual([sampleLink]);
      expect(foreignLinks(mail.text), where).toEqual([]);
      expect(foreignLinks(mail.subject), where).toEqual([]);
      expect(foreignLinks(shown(mail.html)), where).toEqual([]);
    }
  });

  test("keeps what is written from right to left by itself", () => {
    for (const slot of personalSlots(kind)) {
      const mail = fillSample(kind, language, { [slot]: "שלום Acme" });
      // Within words of ours it must not turn those.
      expect(mail.text).toContain(`${slot === "what" ? "\u2066" : "\u2068"}שלום Acme\u2069`);
      expect(mail.html).toMatch(/<bdi( dir="ltr")?>שלום Acme<\/bdi>|dir="auto">שלום Acme</);
    }
  });
});

/** The text of a page, about as a reader sees it. */
const shown = (html: string): string =>
  html
    .replace(/<!DOCTYPE[^>]*>|<style>[\s\S]*?<\/style>|<(?!br)[^>]*>/g, " ")
    .replaceAll("<br/>", "\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");

test("what is too long is cut: a name of a million letters, a message of a million lines", () => {
  expect(invite({ accountName: "A".repeat(1_000_000) }).subject.length).toBeLessThan(200);
  expect(invite({ message: "😀\n".repeat(1_000_000) }).text.length).toBeLessThan(8000);
});

test("whatever people wrote, the subject is one line and the mail has one link", () => {
  const text = fc.string({ unit: "binary", minLength: 1 });
  fc.assert(
    fc.property(text, text, (name, message) => {
      const mail = invite({
        accountName: `a${name}`,
        inviterName: `b${name}`,
        message,
        purpose: `c${message}`,
      });
      return (
        !/[\r\n\0]/.test(mail.subject) && mail.html.split("<a ").length === 2 && mail.subject.isWellFormed()
      );
    }),
  );
});

test.each([
  [{ expires: "" }, /needs a value for expires/],
  [{ purpose: " " }, /needs a value for purpose/],
  [{ link: "javascript:alert(1)" }, /link is not a link/],
  [{ link: 'https://x.test/"><b>' }, /link is not a link/],
  [{ brand: "red;}" }, /brand is not a color/],
])("a wrong value %j is a programming error", (wrong, message) => {
  expect(() => invite(wrong)).toThrow(message);
});
