import { readEmailAddress } from "#lib/users/email-address.ts";
import { dnKey, MalformedDn } from "../dn-key.ts";

/** What somebody asks about. `norm`: as addresses are kept for finding; null where nobody can have this one. */
export type Sought =
  | { by: "address"; text: string; norm: string | null }
  | { by: "dn"; text: string; key: string }
  | { by: "nothing"; sentence: string };

const longest = 2_000;
const advice =
  "Type an address such as ada@example.com, or the whole name of an entry such as uid=ada,ou=Staff,dc=example,dc=com.";

/** An address, or the name of an entry. Pure. */
export function readSought(typed: string): Sought {
  const text = typed.trim();
  if (text === "" || text.length > longest || text.includes("\0")) return { by: "nothing", sentence: advice };
  if (readEmailAddress(text).ok) return { by: "address", text, norm: text.toLowerCase() };
  const key = text.includes("=") ? keyOrNull(text) : null;
  if (key !== null) return { by: "dn", text, key };
  if (text.includes("@")) return { by: "address", text, norm: null };
  return {
    by: "nothing",
    sentence: `“${shown(text)}” is neither an address nor the name of an entry. ${advice}`,
  };
}

const shown = (text: string): string => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

function keyOrNull(text: string): string | null {
  try {
    return dnKey(text);
  } catch (error) {
    if (error instanceof MalformedDn) return null;
    throw error;
  }
}
