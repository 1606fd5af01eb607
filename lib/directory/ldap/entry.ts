/** Where values lie in a message: starts and ends in turn. */
type Places = number[];

/**
 * An entry as the server showed it. Names of attributes are found in any case; options such as `;range` are part of one.
 * It keeps the bytes that came, and reads of them what is asked for.
 */
export class DirectoryEntry {
  readonly dn: string;
  readonly #bytes: Buffer;
  readonly #places: ReadonlyMap<string, Places>;

  /** `places` by name in lower case. */
  constructor(dn: string, bytes: Buffer, places: ReadonlyMap<string, Places>) {
    this.dn = dn;
    this.#bytes = bytes;
    this.#places = places;
  }

  has(name: string): boolean {
    return this.#places.has(name.toLowerCase());
  }

  /** Values that are text; what is no UTF-8 is read as Windows-1252, as old tools wrote it. */
  texts(name: string): string[] {
    const places = this.#places.get(name.toLowerCase()) ?? [];
    const texts: string[] = [];
    for (let at = 0; at < places.length; at += 2)
      texts.push(textAt(this.#bytes, places[at] as number, places[at + 1] as number));
    return texts;
  }

  text(name: string): string | null {
    const places = this.#places.get(name.toLowerCase());
    return places?.length ? textAt(this.#bytes, places[0] as number, places[1] as number) : null;
  }

  bytes(name: string): Buffer | null {
    const places = this.#places.get(name.toLowerCase());
    return places?.length ? this.#bytes.subarray(places[0], places[1]) : null;
  }

  /** The part of an attribute that came instead of all its values, with where it begins; null when all came. */
  range(name: string): { values: string[]; from: number; isLast: boolean } | null {
    const start = `${name.toLowerCase()};range=`;
    for (const type of this.#places.keys()) {
      if (!type.startsWith(start)) continue;
      const [from, to] = type.slice(start.length).split("-");
      return { values: this.texts(type), from: Number(from), isLast: to === "*" };
    }
    return null;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const latin = new TextDecoder("windows-1252");

export function textAt(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, end);
  return text.includes("\ufffd") ? decoded(bytes.subarray(start, end)) : text;
}

function decoded(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
}
