/** One element of the Basic Encoding Rules as LDAP uses them (RFC 4511 5.1): definite lengths, one-byte tags. */
export type Element = { tag: number; body: Buffer };

/** Goes through the elements of a constructed one. Throws RangeError on what is cut short or of another encoding. */
export class Elements {
  readonly bytes: Buffer;
  at = 0;

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  get isOver(): boolean {
    return this.at >= this.bytes.length;
  }

  next(): Element {
    const frame = frameAt(this.bytes, this.at);
    if (!frame || frame.end > this.bytes.length) throw new RangeError("an element is cut short");
    const element = { tag: this.bytes[this.at] as number, body: this.bytes.subarray(frame.start, frame.end) };
    this.at = frame.end;
    return element;
  }

  text(): string {
    return this.next().body.toString("utf8");
  }

  integer(): number {
    const { body } = this.next();
    if (body.length === 0 || body.length > 6) throw new RangeError("an integer is too long");
    return body.readIntBE(0, body.length);
  }
}

/** Where the body of the element at `at` begins and ends; null when not even its length is there yet. */
export function frameAt(bytes: Buffer, at: number): { start: number; end: number } | null {
  const first = bytes[at + 1];
  if (first === undefined) return null;
  if (first < 0x80) return { start: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new RangeError("a length is indefinite or too long");
  if (bytes.length < at + 2 + count) return null;
  const start = at + 2 + count;
  return { start, end: start + bytes.readUIntBE(at + 2, count) };
}

export function element(tag: number, ...parts: Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([head(tag, length), ...parts]);
}

function head(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.from([tag, length]);
  if (length < 0x100) return Buffer.from([tag, 0x81, length]);
  if (length < 0x10000) return Buffer.from([tag, 0x82, length >> 8, length & 0xff]);
  return Buffer.from([tag, 0x84, length >>> 24, (length >> 16) & 0xff, (length >> 8) & 0xff, length & 0xff]);
}

export const sequence = (...parts: Buffer[]): Buffer => element(0x30, ...parts);
export const setOf = (...parts: Buffer[]): Buffer => element(0x31, ...parts);
export const octets = (value: string | Buffer, tag = 0x04): Buffer =>
  element(tag, typeof value === "string" ? Buffer.from(value, "utf8") : value);
export const enumerated = (value: number): Buffer => element(0x0a, Buffer.from([value]));

export function integer(value: number): Buffer {
  const bytes = Buffer.alloc(5);
  bytes.writeIntBE(value, 0, 5);
  let from = 0;
  // As short as the sign allows.
  while (from < 4 && bytes[from] === 0 && (bytes[from + 1] as number) < 0x80) from += 1;
  return element(0x02, bytes.subarray(from));
}
