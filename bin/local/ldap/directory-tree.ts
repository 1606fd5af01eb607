import { dnKey, parentKey } from "../../../lib/directory/dn-key.ts";

export type Values = (string | Buffer)[];

/** `attributes` by lower-case name; `key` is what all spellings of its name have in common. */
export type Entry = {
  dn: string;
  key: string;
  parent: string;
  attributes: Map<string, { name: string; values: Values }>;
};

export type Scope = "base" | "one" | "sub";

/** An entry with its place among all that were looked through. */
export type Placed = readonly [place: number, entry: Entry];

/** What is looked through: from a place on, or only entries that have one of these ids. */
export type Part = { from?: number; ids?: string[] | null };

type Settled = { listed: Entry[]; byId: Map<string, Entry> };

/** Entries in the order in which they came, as servers show them. */
export class DirectoryTree {
  readonly suffix: string;
  readonly entries = new Map<string, Entry>();
  #settled: Settled | null = null;

  constructor(suffix: string) {
    this.suffix = suffix;
  }

  put(dn: string, attributes: Record<string, string | Buffer | Values>): Entry {
    const key = dnKey(dn);
    const listed = Object.entries(attributes).map(
      ([name, values]) => [name.toLowerCase(), { name, values: [values].flat() as Values }] as const,
    );
    const entry = { dn, key, parent: parentKey(key), attributes: new Map(listed) };
    this.entries.set(key, entry);
    return entry;
  }

  remove(dn: string): boolean {
    return this.entries.delete(dnKey(dn));
  }

  find(dn: string): Entry | undefined {
    return this.entries.get(dnKey(dn));
  }

  /**
   * Makes answers out of a hundred thousand entries as fast as out of a few, by place and by id. Whoever calls it changes
   * no entry any more.
   */
  settle(): this {
    const listed = [...this.entries.values()];
    const byId = new Map(listed.map((entry) => [idOf(entry), entry]));
    this.#settled = { listed, byId };
    return this;
  }

  /** Null when there is no such base. */
  within(baseDn: string, scope: Scope, part: Part = {}): Iterable<Placed> | null {
    const base = this.find(baseDn);
    if (!base) return null;
    if (scope === "base") return placed([base], part.from);
    return this.below(base, scope, part);
  }

  *below(base: Entry, scope: Exclude<Scope, "base">, { from, ids }: Part): Iterable<Placed> {
    const ending = `,${base.key}`;
    const { listed, byId } = this.#settled ?? { listed: this.entries.values(), byId: null };
    const among = ids && byId ? ids.flatMap((id) => byId.get(id) ?? []) : listed;
    for (const [place, entry] of placed(among, from)) {
      if (scope === "one" ? entry.parent === base.key : entry === base || entry.key.endsWith(ending))
        yield [place, entry];
    }
  }
}

function* placed(entries: Iterable<Entry>, from = 0): Iterable<Placed> {
  if (Array.isArray(entries)) {
    for (let place = from; place < entries.length; place += 1) yield [place, entries[place]];
    return;
  }
  let place = 0;
  for (const entry of entries) {
    if (place >= from) yield [place, entry];
    place += 1;
  }
}

const idOf = (entry: Entry): string => String(valuesOf(entry, "entryUUID")[0] ?? "").toLowerCase();

export const valuesOf = (entry: Entry, name: string): Values =>
  entry.attributes.get(name.toLowerCase())?.values ?? [];
