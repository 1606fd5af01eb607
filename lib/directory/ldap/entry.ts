import type { SearchEntry } from "ldapts";

type Value = string | Buffer;

/** An entry as the server showed it. Names of attributes are found in any case; options such as `;range` are part of one. */
export class DirectoryEntry {
  readonly dn: string;
  readonly #attributes = new Map<string, { values: Value[]; bytes: Buffer[] }>();

  constructor({ name, attributes }: Pick<SearchEntry, "name" | "attributes">) {
    this.dn = name;
    for (const attribute of attributes)
      this.#attributes.set(attribute.type.toLowerCase(), {
        values: attribute.values,
        bytes: attribute.parsedBuffers,
      });
  }

  has(name: string): boolean {
    return this.#attributes.has(name.toLowerCase());
  }

  /** Values that are text; what is no UTF-8 is read as Windows-1252, as old tools wrote it. */
  texts(name: string): string[] {
    return (this.#attributes.get(name.toLowerCase())?.values ?? []).map(textOf);
  }

  text(name: string): string | null {
    const value = this.#attributes.get(name.toLowerCase())?.values[0];
    return value === undefined ? null : textOf(value);
  }

  bytes(name: string): Buffer | null {
    return this.#attributes.get(name.toLowerCase())?.bytes[0] ?? null;
  }

  /** The part of an attribute that came instead of all its values, with where it begins; null when all came. */
  range(name: string): { values: string[]; from: number; isLast: boolean } | null {
    const start = `${name.toLowerCase()};range=`;
    for (const type of this.#attributes.keys()) {
      if (!type.startsWith(start)) continue;
      const [from, to] = type.slice(start.length).split("-");
      return { values: this.texts(type), from: Number(from), isLast: to === "*" };
    }
    return null;
  }
}

const latin = new TextDecoder("windows-1252");

const textOf = (value: Value): string => (typeof value === "string" ? value : latin.decode(value));
