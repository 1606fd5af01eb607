import { findLink } from "#lib/mail/find-link.ts";

export const longestMessage = 1000;

export type MessageReading =
  | { ok: true; message: string | null }
  | { ok: false; reason: "too_long"; length: number }
  /** `line` counts from 1; `link` is what mail programs would make one of. */
  | { ok: false; reason: "link"; line: number; link: string };

/** C0, DEL and C1 but the line break; marks that turn the direction of text. */
const removed = /(?!\n)\p{Cc}|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/**
 * What an inviter adds, as it is stored: plain text, line breaks as "\n", nothing invisible that would turn or break it;
 * null when blank. Refused is what is longer, counted in characters, or holds what a mail program makes a link of.
 */
export function readMessage(text: string): MessageReading {
  const message = text
    .replace(/\r\n?|\u2028|\u2029/g, "\n")
    .replaceAll("\t", " ")
    .replace(removed, "")
    .trim();
  if (message === "") return { ok: true, message: null };
  const length = message.length > longestMessage ? [...message].length : 0;
  if (length > longestMessage) return { ok: false, reason: "too_long", length };
  const found = findLink(message);
  if (found) return { ok: false, reason: "link", ...found };
  return { ok: true, message };
}
