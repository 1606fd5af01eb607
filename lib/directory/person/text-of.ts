import { type DirectoryEntry, lowered } from "../ldap/entry.ts";

/** All values of an attribute as a person would read them, without blank ones. */
export function textsOf(entry: DirectoryEntry, name: string): string[] {
  const read = readings[lowered(name)];
  const texts = entry.texts(name);
  return (read ? read(texts) : texts).filter((text) => text.trim() !== "");
}

/** The first value, in the server's order, of the first of these attributes that has one. */
export function firstText(entry: DirectoryEntry, names: readonly string[]): string | null {
  for (const name of names) {
    if (readings[lowered(name)]) {
      const [text] = textsOf(entry, name);
      if (text !== undefined) return text;
      continue;
    }
    const text = entry.text(name);
    if (text !== null && text.trim() !== "") return text;
  }
  return null;
}

/** Attributes whose values are written in a way of their own; by name in lower case. */
const readings: Record<string, (texts: string[]) => string[]> = {
  // Exchange marks the primary address by capitals; the others are aliases, or no mail addresses.
  proxyaddresses: (texts) =>
    texts.filter((text) => text.startsWith("SMTP:")).map((text) => text.slice("SMTP:".length)),
  // Lines with a dollar between them; what is a dollar or a backslash itself, in hexadecimal digits (RFC 4517 3.3.28).
  postaladdress: (texts) =>
    texts.map((text) =>
      text
        .split("$")
        .map((line) => line.trim())
        .filter((line) => line !== "")
        .join(", ")
        .replace(/\\24/g, "$")
        .replace(/\\5c/gi, "\\"),
    ),
  // As a browser asks for languages (RFC 2798 2.7): the first is the one that is liked best.
  preferredlanguage: (texts) => texts.map((text) => text.split(/[,;]/, 1)[0] as string),
};
