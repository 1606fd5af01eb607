import { expect, it } from "vitest";
import { readLanguage } from "#lib/users/language.ts";

const read: [value: string, code: string | null][] = [
  ["de", "de"],
  ["DE-de", "de"],
  ["de_AT.UTF-8", "de"],
  ["ger", "de"],
  ["German", "de"],
  ["German (Austria)", "de"],
  ["DEUTSCH", "de"],
  ["Español", "es"],
  ["Espan\u0303ol", "es"],
  ["spa-MX", "es"],
  ["English", "en"],
  ["en-GB", "en"],
  ["日本語", "ja"],
  ["jp", "ja"],
  ["fr", null],
  ["dex", null],
  ["Dutch", null],
  ["constructor", null],
  ["(German)", null],
  ["", null],
];

it.each(read)("takes %j for %s", (value, code) => {
  expect(readLanguage(value)).toBe(code);
});
