import { dnKey, MalformedDn } from "../../../lib/directory/dn-key.ts";
import { type Element, Elements } from "./ber.ts";
import { type DirectoryTree, type Entry, valuesOf } from "./directory-tree.ts";

export type Matches = (entry: Entry) => boolean;

/** The choices of a filter, by tag (RFC 4511 4.5.1). */
const kinds: Record<number, (body: Buffer, tree: DirectoryTree) => Matches> = {
  160: (body, tree) => every(each(body, tree)),
  161: (body, tree) => some(each(body, tree)),
  162: (body, tree) => not(read(new Elements(body).next(), tree)),
  163: (body) => equals(body),
  164: (body) => contains(body),
  165: (body) => compares(body, (order) => order >= 0),
  166: (body) => compares(body, (order) => order <= 0),
  135: (body) => has(body.toString("utf8")),
  168: (body) => equals(body),
  169: (body, tree) => extended(body, tree),
};

/** A filter as it came over the wire, as a question to an entry. Throws RangeError on one that cannot be read. */
export function read({ tag, body }: Element, tree: DirectoryTree): Matches {
  const kind = kinds[tag];
  if (!kind) throw new RangeError(`no filter has the tag ${tag}`);
  return kind(body, tree);
}

/** The ids, in lower case, one of which whatever matches the filter has; null where it says nothing of ids. */
export function idsOf({ tag, body }: Element): string[] | null {
  const elements = new Elements(body);
  if (tag === 163)
    return elements.text().toLowerCase() === "entryuuid" ? [elements.text().toLowerCase()] : null;
  if (tag !== 160 && tag !== 161) return null;
  const parts: (string[] | null)[] = [];
  while (!elements.isOver) parts.push(idsOf(elements.next()));
  if (tag === 160) return parts.find((ids) => ids !== null) ?? null;
  const all = parts.filter((ids) => ids !== null);
  return all.length === parts.length ? all.flat() : null;
}

function each(body: Buffer, tree: DirectoryTree): Matches[] {
  const elements = new Elements(body);
  const filters: Matches[] = [];
  while (!elements.isOver) filters.push(read(elements.next(), tree));
  return filters;
}

const every =
  (filters: Matches[]): Matches =>
  (entry) =>
    filters.every((matches) => matches(entry));
const some =
  (filters: Matches[]): Matches =>
  (entry) =>
    filters.some((matches) => matches(entry));
const not =
  (matches: Matches): Matches =>
  (entry) =>
    !matches(entry);
const has =
  (name: string): Matches =>
  (entry) =>
    entry.attributes.has(name.toLowerCase());

const namesOfEntries = new Set(["member", "memberof", "manager", "uniquemember", "distinguishedname"]);

function equals(body: Buffer): Matches {
  const elements = new Elements(body);
  const name = elements.text().toLowerCase();
  const wanted = elements.next().body;
  const text = folded(wanted.toString("utf8"));
  const key = namesOfEntries.has(name) ? keyOrNull(wanted.toString("utf8")) : null;
  return (entry) =>
    valuesOf(entry, name).some((value) => {
      if (typeof value !== "string") return value.equals(wanted);
      return folded(value) === text || (key !== null && keyOrNull(value) === key);
    });
}

function contains(body: Buffer): Matches {
  const elements = new Elements(body);
  const name = elements.text();
  const pieces = new Elements(elements.next().body);
  let pattern = "";
  while (!pieces.isOver) {
    const { tag, body: piece } = pieces.next();
    const text = literal(folded(piece.toString("utf8")));
    pattern += tag === 0x80 ? `^${text}.*` : tag === 0x82 ? `${text}$` : `${text}.*`;
  }
  const expression = new RegExp(pattern, "s");
  return (entry) => valuesOf(entry, name).some((value) => expression.test(folded(String(value))));
}

function compares(body: Buffer, fits: (order: number) => boolean): Matches {
  const elements = new Elements(body);
  const name = elements.text();
  const bound = elements.text();
  return (entry) => valuesOf(entry, name).some((value) => fits(order(String(value), bound)));
}

const order = (a: string, b: string): number => {
  const [x, y] = /^-?\d+$/.test(a) && /^-?\d+$/.test(b) ? [BigInt(a), BigInt(b)] : [folded(a), folded(b)];
  return x < y ? -1 : x > y ? 1 : 0;
};

const bitAnd = "1.2.840.113556.1.4.803";
const bitOr = "1.2.840.113556.1.4.804";
const inChain = "1.2.840.113556.1.4.1941";

function extended(body: Buffer, tree: DirectoryTree): Matches {
  const elements = new Elements(body);
  const told: Record<number, string> = {};
  while (!elements.isOver) {
    const { tag, body: part } = elements.next();
    told[tag] = part.toString("utf8");
  }
  const { 0x81: rule, 0x82: name = "", 0x83: wanted = "" } = told;
  if (rule === bitAnd) return bits(name, (held) => (held & BigInt(wanted)) === BigInt(wanted));
  if (rule === bitOr) return bits(name, (held) => (held & BigInt(wanted)) !== 0n);
  if (rule === inChain) return chained(tree, wanted);
  return (entry) => valuesOf(entry, name).some((value) => folded(String(value)) === folded(wanted));
}

const bits =
  (name: string, holds: (held: bigint) => boolean): Matches =>
  (entry) =>
    valuesOf(entry, name).some((value) => /^-?\d+$/.test(String(value)) && holds(BigInt(String(value))));

/** Members of the group, and of the groups that are members of it. */
function chained(tree: DirectoryTree, groupDn: string): Matches {
  const reached = new Set<string>();
  const waiting = [groupDn];
  for (let dn = waiting.pop(); dn !== undefined; dn = waiting.pop()) {
    const group = tree.find(dn);
    for (const member of group ? valuesOf(group, "member") : []) {
      const key = keyOrNull(String(member));
      if (key === null || reached.has(key)) continue;
      reached.add(key);
      waiting.push(String(member));
    }
  }
  return (entry) => reached.has(entry.key);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replace(/ +/g, " ").trim();

function keyOrNull(text: string): string | null {
  try {
    return dnKey(text);
  } catch (error) {
    if (error instanceof MalformedDn) return null;
    throw error;
  }
}
