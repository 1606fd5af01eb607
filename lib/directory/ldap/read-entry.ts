import { DirectoryEntry, lowered, Message } from "./entry.ts";

const sequence = 0x30;
const set = 0x31;
const integer = 0x02;
const octets = 0x04;
const searchEntry = 0x64;
const searchReference = 0x73;

/** What a server sends for a search before its end (RFC 4511 4.5.2). */
export type Found = { id: number; entry: DirectoryEntry | null };

/**
 * Reads a whole message where it is an entry (or a reference: `entry` null) that a search has found; null where it is
 * something else. Throws RangeError where it is not what it says it is. The client's own reading takes twice as long.
 */
export function readFound(bytes: Buffer, start: number, end: number): Found | null {
  const reader = new Reader(bytes, start, end);
  reader.enter(sequence);
  const id = reader.number();
  const operation = bytes[reader.at];
  if (operation === searchReference) return { id, entry: null };
  if (operation !== searchEntry) return null;
  reader.enter(searchEntry);
  // As it must be written in a name: RFC 4514 2.4.
  const dn = reader.text().replaceAll("\0", "\\00");
  const places = new Map<string, number[]>();
  const attributesEnd = reader.enter(sequence);
  while (reader.at < attributesEnd) {
    reader.enter(sequence);
    const name = lowered(reader.text());
    const values: number[] = [];
    const valuesEnd = reader.enter(set);
    while (reader.at < valuesEnd) {
      const valueEnd = reader.enter(octets);
      values.push(reader.at, valueEnd);
      reader.at = valueEnd;
    }
    places.set(name, values);
    const options = name.indexOf(";");
    if (options > 0) standIn(places, name, options);
  }
  return { id, entry: new DirectoryEntry(dn, reader.message, places) };
}

/**
 * Values with options, such as those of a language, are values of the attribute too (RFC 4512 2.5.2): they count where there
 * are none without. A part of the values is none.
 */
function standIn(places: Map<string, number[]>, name: string, options: number): void {
  const plain = name.slice(0, options);
  if (!name.includes(";range=", options) && !places.get(plain)?.length)
    places.set(plain, places.get(name) ?? []);
}

/** Goes through BER (X.690 8.1) with definite lengths, never past the end of what holds it. */
class Reader {
  readonly bytes: Buffer;
  readonly end: number;
  readonly message: Message;
  at: number;

  constructor(bytes: Buffer, start: number, end: number) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
    this.message = new Message(bytes, start, end);
  }

  /** Past the head of an element of this kind; answers where it ends. */
  enter(kind: number): number {
    if (this.bytes[this.at] !== kind) throw new RangeError(`element ${this.bytes[this.at]}, not ${kind}`);
    const first = this.bytes[this.at + 1] ?? 0x80;
    const long = first < 0x80 ? 0 : first & 0x7f;
    if (first >= 0x80 && (long === 0 || long > 4)) throw new RangeError("a length without an end");
    const begin = this.at + 2 + long;
    const length = long === 0 ? first : begin <= this.end ? this.bytes.readUIntBE(this.at + 2, long) : 0;
    if (begin + length > this.end) throw new RangeError("an element is longer than what holds it");
    this.at = begin;
    return begin + length;
  }

  number(): number {
    const end = this.enter(integer);
    const size = end - this.at;
    if (size < 1 || size > 4) throw new RangeError("an id of another size");
    const value = this.bytes.readIntBE(this.at, size);
    this.at = end;
    return value;
  }

  text(): string {
    const end = this.enter(octets);
    const text = this.message.text(this.at, end);
    this.at = end;
    return text;
  }
}
