/** Where values lie in a message: starts and ends in turn. */
type Places = number[];

/**
 * An entry as the server showed it. Names of attributes are found in any case; options such as `;range` are part of one.
 * It keeps the message that came, and reads of it what is asked for.
 */
export class DirectoryEntry {
  readonly dn: string;
  readonly #message: Message;
  readonly #places: ReadonlyMap<string, Places>;

  /** `places` by name in lower case. */
  constructor(dn: string, message: Message, places: ReadonlyMap<string, Places>) {
    this.dn = dn;
    this.#message = message;
    this.#places = places;
  }

  has(name: string): boolean {
    return this.#placesOf(name) !== undefined;
  }

  /** Values that are text; what is no UTF-8 is read as Windows-1252, as old tools wrote it. */
  texts(name: string): string[] {
    const places = this.#placesOf(name) ?? [];
    const texts: string[] = [];
    for (let at = 0; at < places.length; at += 2)
      texts.push(this.#message.text(places[at] as number, places[at + 1] as number));
    return texts;
  }

  text(name: string): string | null {
    const places = this.#placesOf(name);
    return places?.length ? this.#message.text(places[0] as number, places[1] as number) : null;
  }

  bytes(name: string): Buffer | null {
    const places = this.#placesOf(name);
    return places?.length ? this.#message.bytes.subarray(places[0], places[1]) : null;
  }

  /** The part of an attribute that came instead of all its values, with where it begins; null when all came. */
  range(name: string): { values: string[]; from: number; isLast: boolean } | null {
    const start = `${lowered(name)};range=`;
    for (const type of this.#places.keys()) {
      if (!type.startsWith(start)) continue;
      const [from, to] = type.slice(start.length).split("-");
      return { values: this.texts(type), from: Number(from), isLast: to === "*" };
    }
    return null;
  }

  #placesOf(name: string): Places | undefined {
    const key = lowered(name);
    const places = this.#places.get(key);
    if (places) return places;
    const other = otherNames.get(key);
    return other === undefined ? undefined : this.#places.get(other);
  }
}

const mostNames = 2_000;
const loweredNames = new Map<string, string>();

/** A name in lower case. There are few, asked for again and again: making each anew takes as long as reading the values. */
export function lowered(name: string): string {
  const known = loweredNames.get(name);
  if (known !== undefined) return known;
  if (loweredNames.size >= mostNames) loweredNames.clear();
  const lower = name.toLowerCase();
  // A copy: what was cut out of a message would keep all of it.
  loweredNames.set(Buffer.from(name).toString(), lower);
  return lower;
}

/**
 * Attributes with two names (RFC 4519, RFC 4524, RFC 2798), in lower case: OpenLDAP answers under the first, whichever it was
 * asked for.
 */
const twoNames = [
  ["c", "countryname"],
  ["cn", "commonname"],
  ["co", "friendlycountryname"],
  ["dc", "domaincomponent"],
  ["email", "emailaddress"],
  ["facsimiletelephonenumber", "fax"],
  ["givenname", "gn"],
  ["homephone", "hometelephonenumber"],
  ["l", "localityname"],
  ["mail", "rfc822mailbox"],
  ["mobile", "mobiletelephonenumber"],
  ["o", "organizationname"],
  ["ou", "organizationalunitname"],
  ["pager", "pagertelephonenumber"],
  ["sn", "surname"],
  ["st", "stateorprovincename"],
  ["street", "streetaddress"],
  ["uid", "userid"],
] as const;

const otherNames = new Map<string, string>(
  twoNames.flatMap(([one, other]) => [
    [one, other],
    [other, one],
  ]),
);

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const latin = new TextDecoder("windows-1252");
// biome-ignore lint/suspicious/noControlCharactersInRegex: bytes of ASCII are what is looked for.
const ascii = /^[\x00-\x7f]*$/;
/** What is larger is not decoded as a whole. */
const mostAtOnce = 16_384;

/** A message's bytes from `start` to `end`. It is decoded once, since a call for each value takes longer than all else. */
export class Message {
  readonly bytes: Buffer;
  readonly start: number;
  readonly #letters: string | null;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.start = start;
    this.#letters = end - start > mostAtOnce ? null : bytes.toString("latin1", start, end);
  }

  text(start: number, end: number): string {
    if (this.#letters === null) return decoded(this.bytes.subarray(start, end));
    const text = this.#letters.slice(start - this.start, end - this.start);
    return ascii.test(text) ? text : decoded(this.bytes.subarray(start, end));
  }
}

function decoded(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (!text.includes("\ufffd")) return text;
  try {
    return utf8.decode(bytes);
  } catch {
    return latin.decode(bytes);
  }
}
