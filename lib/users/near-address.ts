import { readEmailAddress } from "#lib/users/email-address.ts";
import { editDistance } from "./edit-distance.ts";

/** Answers for the domains seen so far: a file has few, and one that has many more is not worth the time. */
const answers = new WeakMap<ReadonlySet<string>, Map<string, string | null>>();
const mostAnswers = 1000;

/** The domain of this account that a foreign one may have been meant for. */
export function nearDomain(domain: string, own: ReadonlySet<string>): string | null {
  const known = answers.get(own) ?? new Map<string, string | null>();
  answers.set(own, known);
  const answer = known.get(domain);
  if (answer !== undefined || known.size >= mostAnswers) return answer ?? null;
  const near = nearest(domain, own);
  known.set(domain, near);
  return near;
}

/** One slip, in long names two; or the ending is missing. */
function nearest(domain: string, own: ReadonlySet<string>): string | null {
  let best: { name: string; distance: number } | null = null;
  for (const name of own) {
    const allowed = name.length < 8 ? 1 : 2;
    const distance = name.startsWith(`${domain}.`) ? 1 : editDistance(domain, name, allowed);
    if (distance <= allowed && (!best || distance < best.distance)) best = { name, distance };
  }
  return best?.name ?? null;
}

/** What is often wrong with an address, and how it is put right. */
const repairs: readonly ((text: string) => string)[] = [
  (text) => /<([^<>]+)>/.exec(text)?.[1] ?? text,
  (text) => text.replace(/^mailto:/i, ""),
  // Looked at from where a row of such signs begins: else a cell full of them takes the square of its length.
  (text) => text.replace(/^["'(]+|(?<!["').,;])["').,;]+$/g, ""),
  (text) => text.replace(/\s+/g, ""),
  (text) => text.replace(/,/g, "."),
  (text) => text.replace(/@{2,}/g, "@").replace(/\.{2,}/g, "."),
];

/** The address of this account that a text which is none may have been meant for. */
export function nearAddress(text: string, own: ReadonlySet<string>): string | null {
  if (text.length > 254) return null;
  let mended = text;
  for (const repair of repairs) {
    mended = repair(mended);
    const reading = readEmailAddress(mended);
    if (reading.ok && own.has(reading.domain)) return mended;
  }
  return null;
}
