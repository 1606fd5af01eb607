import { fillTemplate } from "#lib/mail/fill-template.ts";
import { type MailLanguage, mailLanguageCodes } from "#lib/mail/mail-language.ts";
import { brandColors } from "#lib/mail/templates/brand-colors.ts";
import {
  type MailKind,
  mailKinds,
  type SlotKind,
  type SlotValues,
  templateSlots,
} from "#lib/mail/templates/template-slots.ts";

export const sampleLink = "https://rollcall.example/join/abc_DEF-123";

const sample: Record<string, string> = {
  ...brandColors(null),
  accountName: "Acme",
  recipient: "lee@acme.test",
  link: sampleLink,
  inviterName: "Dana Cole",
  purpose: "Our new home for projects.",
  message: "See you there.",
  expires: "6 December 2026",
  what: "Import of people",
  ending: "has finished",
  counts: "3 lines: 3 new.",
  askedBy: "Lee Park",
  people: "7 people",
  why: "Too many came back",
  days: "8 days",
};

/** Fills a mail of the kind with values of everyday, but for those given. */
export function fillSample(
  kind: MailKind,
  language: MailLanguage,
  values: Record<string, string | null> = {},
) {
  const slots = Object.keys(templateSlots[kind]);
  const own = Object.fromEntries(slots.map((slot) => [slot, slot in values ? values[slot] : sample[slot]]));
  return fillTemplate(kind, language, own as SlotValues<typeof kind>);
}

/** The slots of a kind that hold what a person wrote. */
export const personalSlots = (kind: MailKind): string[] =>
  Object.entries<SlotKind>(templateSlots[kind])
    .filter(([, slot]) => ["name", "phrase", "prose", "quote"].includes(slot))
    .map(([name]) => name);

export const everyMail = mailKinds.flatMap((kind) =>
  mailLanguageCodes.map((language) => ({ kind, language })),
);

/** What people try to bring into a mail. */
export const hostile = [
  ["markup", '<a href="https://evil.example">click</a><img src=x onerror=alert(1)>'],
  ["an attribute that breaks out", '" onmouseover="alert(1)'],
  ["a header", "Acme\r\nBcc: victim@evil.example\r\n\r\nbody"],
  ["a lone CR, VT, NEL and line separators", "A\rB\u000bC\u0085D\u2028E\u2029F"],
  ["a bidi override", "Acme \u202egnp.exe\u2066"],
  ["invisible marks", "Ac\u200bme\u00ad\ufeff\u{e0041}"],
  ["a link", "See https://evil.example/now"],
  ["a link cut by marks that go", "See ht\u200btps://evil\u2060.example/now"],
  ["a link with capitals", "HTTPS://EVIL.EXAMPLE"],
  ["a bare domain", "evil.example"],
  ["a domain with a wide full stop", "evil。example"],
  ["a www name", "www.evil.example"],
  ["an address", "mail me: boss@evil.example"],
  ["a script link", "javascript:alert(1)"],
  ["a domain of other letters", "пример.рф"],
  ["a slot", "{{link}}{{inviterName}}{{#message}}{{/message}}"],
  ["a replacement pattern", "$& $1 $` $'"],
  ["a reference", "&lt;a href=&quot;https:&#47;&#47;evil.example&quot;&gt;"],
  ["ten kilobytes", "evil.example ".repeat(800)],
] as const;

// What mail programs turn into links by themselves, wider than any of them. A word joiner ends a link.
const linkable =
  /\w:[^\s\u2060]|www\.[^\s\u2060]|[\p{L}\d-]\.\p{L}{2,}|[\p{L}\d-][。．｡][a-z]{2,}|\S@[^\s\u2060]/giu;

/** What a mail program would make a link of, apart from the mail's own link and the address that it goes to. */
export const foreignLinks = (text: string): string[] =>
  text.replaceAll(sampleLink, "").replaceAll("lee@acme.test", "").match(linkable) ?? [];
