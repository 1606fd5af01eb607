import { plainName } from "./clean-text.ts";

/** Marks that end a name, or make an address of it, in the eyes of a mail program (RFC 5322, 3.4). */
const addressMarks = /[@<>"\\]/g;

/** How an account is called as the sender of its mails: one line, nothing in it that could pass for an address. */
export const senderName = (name: string): string =>
  plainName(name.replace(addressMarks, " ").replace(/\s+/g, " ")) || "Rollcall";

/** `from`: the deployment's own, "Rollcall <noreply@x>" or "noreply@x". The account is named before it: "Acme via Rollcall". */
export function sender(from: string, name: string): { name: string; address: string } {
  const [, own = "", address = from.trim()] = from.match(/^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/) ?? [];
  return { name: `${name} via ${own || "Rollcall"}`, address };
}
