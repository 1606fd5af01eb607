import { cleanValue } from "./clean-value.ts";

/** One entry of a list: `text` as it was written, `address` without the name before it. Whether it is one, is not said. */
export type ListedAddress = { text: string; address: string };

// The bound keeps a text full of such signs from taking the square of its length.
const entries = /(?:"(?:[^"\\\r\n]|\\.){0,128}"|[^,;\r\n])+/g;
const named = /^[^<>]*<([^<>]*)>$/;

/**
 * The entries of a list as mail programs copy them and people type them: `"Doe, J" <j@acme.test>; bo@acme.test`. Commas,
 * semicolons and line breaks part them, but not within quotes; so do blanks where every part has an "@".
 */
export function readAddressList(text: string): ListedAddress[] {
  const found = text.match(entries) ?? [];
  return found.flatMap(partsOf).filter((entry) => entry.text !== "");
}

function partsOf(entry: string): ListedAddress[] {
  const text = cleanValue(entry);
  const inner = named.exec(text)?.[1];
  if (inner !== undefined) return [{ text, address: cleanValue(inner) }];
  const parts = text.split(/\s+/);
  const whole = parts.length > 1 && parts.every((part) => part.includes("@") && !part.includes("<"));
  return (whole ? parts : [text]).map((part) => ({ text: part, address: part }));
}
