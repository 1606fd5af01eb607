import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mailLanguageCodes } from "#lib/mail/mail-language.ts";
import { brandColors, contrast, darkCard, lightCard } from "#lib/mail/templates/brand-colors.ts";
import { renderTemplate } from "#lib/mail/templates/render-template.tsx";
import { renderedTemplates } from "#lib/mail/templates/rendered-templates.ts";
import {
  type MailKind,
  type SlotKind,
  slotPattern,
  templateSlots,
} from "#lib/mail/templates/template-slots.ts";
import { wordsOf } from "#lib/mail/templates/words/words-of.ts";
import { everyMail } from "./sample-values.ts";

const slotsOf = (kind: MailKind, ...without: SlotKind[]): string[] =>
  Object.entries<SlotKind>(templateSlots[kind])
    .filter(([, slot]) => !without.includes(slot))
    .map(([name]) => name)
    .sort();

describe.each(everyMail)("template $kind in $language", ({ kind, language }) => {
  const committed = renderedTemplates[language][kind];
  const used = (part: "html" | "text") => [
    ...new Set([...committed[part].matchAll(slotPattern)].map((match) => match[2])),
  ];

  test("the committed output is what the template renders (else: node lib/mail/templates/render.ts)", async () => {
    expect(committed).toEqual(await renderTemplate(kind, language));
  });

  test("both parts use every slot and no other; the text part has no colours", () => {
    expect(used("html").sort()).toEqual(slotsOf(kind));
    // A heading in HTML; the text part has the account's name in its sentences.
    expect([...new Set([...used("text"), "accountName"])].sort()).toEqual(slotsOf(kind, "color"));
  });

  test("both parts have all the words of the kind, in this language", () => {
    const { subject, preview, heading, body, button, note, footer } = wordsOf[language].letters[kind];
    expect(committed.subject).toBe(subject);
    for (const words of [heading, ...body, button, note ?? "", footer]) {
      expect(committed.html).toContain(words);
      expect(committed.text).toContain(words);
    }
    expect(committed.html).toContain(preview);
    expect(committed.html).toContain(`<html dir="ltr" lang="${language}">`);
  });

  test("there is one link, and nothing is fetched when the mail is opened", () => {
    expect(committed.html.match(/<a /g)).toHaveLength(1);
    expect(committed.html).toContain('href="{{link}}"');
    expect(committed.text.split("{{link}}")).toHaveLength(2);
    expect(committed.html).not.toMatch(/<img|<script|<link|url\(|src=/i);
  });

  test("it follows the reader's dark mode, and has the account's colour in both", () => {
    expect(committed.html).toContain('name="color-scheme" content="light dark"');
    expect(committed.html).toContain("prefers-color-scheme: dark");
    expect(committed.html).toMatch(/class="button" style="color:{{onBrand}};[^"]*background:{{brand}}/);
    expect(committed.html).toMatch(
      /\.button { background: {{darkBrand}} !important; color: {{onDarkBrand}} !imp/,
    );
  });
});

/** All phrases of a language as one list: functions by what they answer for one and for seven. */
function phrases(node: unknown): string[] {
  if (typeof node === "string") return [node];
  if (typeof node === "function") return [...phrases(node("1", true)), ...phrases(node("7", false))];
  return node && typeof node === "object" ? Object.values(node).flatMap(phrases) : [];
}

const plain = (text: string) => text.replace(slotPattern, " ");
// Words of English that the other languages do not have.
const english =
  /\b(the|you|your|is|are|and|not|this|because|link|works|until|nobody|mails?|sign-in|joined|invitation)\b/i;

describe.each(mailLanguageCodes.filter((language) => language !== "en"))("the words in %s", (language) => {
  test("have as many phrases as in English, none of them the same, none empty, and none half English", () => {
    const { sentence: _, ...run } = wordsOf[language].run;
    const { sentence: __, ...runInEnglish } = wordsOf.en.run;
    const here = phrases({ ...wordsOf[language], run });
    const there = phrases({ ...wordsOf.en, run: runInEnglish });
    expect(here).toHaveLength(there.length);
    const bare = (text: string) => /^[\s{}a-zA-Z]*$/.test(text) && plain(text).trim() === "";
    for (const [at, words] of here.entries()) {
      if (bare(words)) continue;
      expect(words).not.toBe(there[at]);
      const shared = language === "de" ? /\b(link|mails?)\b/gi : /(?!)/;
      expect(plain(words).replace(shared, "")).not.toMatch(english);
    }
  });

  test("name the same slots as in English", () => {
    const slots = (text: string) => (text.match(slotPattern) ?? []).sort();
    const { letters } = wordsOf[language];
    for (const [kind, { body, note, ...words }] of Object.entries(letters)) {
      const original = wordsOf.en.letters[kind as MailKind];
      expect(slots(words.subject), kind).toEqual(slots(original.subject));
      expect(slots(words.footer), kind).toEqual(slots(original.footer));
      expect(slots(body.join()), kind).toEqual(slots(original.body.join()));
      expect(slots(note ?? ""), kind).toEqual(slots(original.note ?? ""));
    }
  });
});

describe("the colours of a mail", () => {
  test.each([
    ["light", 0, "brand", "onBrand"],
    ["dark", 1, "darkBrand", "onDarkBrand"],
  ] as const)("are the console's own in %s mode, where the account has none", (_, mode, ground, ink) => {
    const ours = brandColors(null);
    expect([ours[ground], ours[ink]]).toEqual([
      consoleColor("primary", mode),
      consoleColor("primary-content", mode),
    ]);
    expect(contrast(ours[ground], ours[ink])).toBeGreaterThan(4.5);
  });

  // Every 51st step of each channel: the corners and what lies between.
  const steps = [0, 51, 102, 153, 204, 255].map((part) => part.toString(16).padStart(2, "0"));
  const colors = steps.flatMap((r) => steps.flatMap((g) => steps.map((b) => `#${r}${g}${b}`)));

  test("can be read whatever they are, and the button is told from its card", () => {
    for (const color of ["#757575", "#808080", ...colors]) {
      const { brand, onBrand, edge, darkBrand, onDarkBrand } = brandColors(color);
      expect(brand).toBe(color);
      // WCAG 2.2, 1.4.3 and 1.4.11.
      expect(contrast(brand, onBrand), color).toBeGreaterThanOrEqual(4.5);
      expect(contrast(darkBrand, onDarkBrand), color).toBeGreaterThanOrEqual(4.5);
      expect(contrast(edge, lightCard), color).toBeGreaterThanOrEqual(3);
      expect(contrast(darkBrand, darkCard), color).toBeGreaterThanOrEqual(3);
    }
  });
});

const styles = readFileSync(new URL("../../../app/globals.css", import.meta.url), "utf8");

/** A colour of the console's theme (0: light, 1: dark) as sRGB; conversion: https://bottosson.github.io/posts/oklab/ */
function consoleColor(name: string, mode: 0 | 1): string {
  const found = [
    ...styles.matchAll(new RegExp(`--color-${name}: oklch\\(([\\d.]+)% ([\\d.]+) ([\\d.]+)\\)`, "g")),
  ][mode];
  const [light = 0, chroma = 0, hue = 0] = (found ?? []).slice(1).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const gamma = (x: number) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
  const byte = (x: number) => Math.round(255 * Math.min(1, Math.max(0, gamma(Math.max(0, x)))));
  return `#${linear.map((x) => byte(x).toString(16).padStart(2, "0")).join("")}`;
}
