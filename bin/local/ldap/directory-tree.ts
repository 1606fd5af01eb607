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

/** Entries in the order in which they came, as servers show them. */
export class DirectoryTree {
  readonly suffix: string;
  readonly entries = new Map<string, Entry>();

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

  /** Null when there is no such base. */
  within(baseDn: string, scope: Scope): Iterable<Entry> | null {
    const base = this.find(baseDn);
    if (!base) return null;
    if (scope === "base") return [base];
    return this.below(base, scope);
  }

  *below(base: Entry, scope: Exclude<Scope, "base">): Iterable<Entry> {
    const ending = `,${base.key}`;
    for (const entry of this.entries.values()) {
      if (scope === "one" ? entry.parent === base.key : entry === base || entry.key.endsWith(ending))
        yield entry;
    }
  }
}

export const valuesOf = (entry: Entry, name: string): Values =>
  entry.attributes.get(name.toLowerCase())?.values ?? [];
