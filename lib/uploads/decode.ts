import type { Encoding } from "./inspect-bytes.ts";

/** Windows-1252 at 0x80 to 0x9f (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings); the rest is Latin-1. */
const upper1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

/** What is said of an encoding that was found. */
export const encodingNames: Record<Encoding, string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Windows-1252",
};

/** The bytes of a file, without its byte order mark, as UTF-8. Chunks may end anywhere. */
export async function* decode(
  chunks: AsyncIterable<Buffer>,
  { encoding, mark }: { encoding: Encoding; mark: number },
): AsyncGenerator<Buffer> {
  const text = encoding === "utf-8" ? null : textDecoder(encoding);
  let toSkip = mark;
  for await (const chunk of chunks) {
    const bytes = chunk.subarray(Math.min(toSkip, chunk.length));
    toSkip -= chunk.length - bytes.length;
    if (bytes.length > 0) yield text ? Buffer.from(text(bytes)) : bytes;
  }
  const rest = text?.(Buffer.alloc(0), true) ?? "";
  if (rest !== "") yield Buffer.from(rest);
}

export interface TextSource {
  /** The bytes of the file as uploaded, from this byte on. */
  open(from: number): AsyncIterable<Buffer>;
  layout: { encoding: Encoding; mark: number };
}

type TextDecoding = (bytes: Buffer, final?: boolean) => string;

function textDecoder(encoding: Exclude<Encoding, "utf-8">): TextDecoding {
  return encoding === "windows-1252" ? from1252 : fromUtf16(encoding === "utf-16be");
}

/** Half a surrogate pair becomes U+001A, which fails its row: a replacement character would be stored as a name. */
function fromUtf16(bigEndian: boolean): TextDecoding {
  let held: Buffer = Buffer.alloc(0);
  return (bytes, final = false) => {
    const units = Buffer.concat([held, bytes]);
    const end = final ? units.length : wholeCharacters(units, bigEndian);
    held = Buffer.from(units.subarray(end));
    const even = units.subarray(0, end - (end % 2));
    const text = (bigEndian ? even.swap16() : even).toString("utf16le");
    return text.isWellFormed() ? text : text.replace(/[\ud800-\udfff]/gu, "\u001a");
  };
}

function wholeCharacters(units: Buffer, bigEndian: boolean): number {
  const end = units.length - (units.length % 2);
  if (end === 0) return 0;
  const last = bigEndian ? units.readUInt16BE(end - 2) : units.readUInt16LE(end - 2);
  return last >= 0xd800 && last < 0xdc00 ? end - 2 : end;
}

function from1252(bytes: Buffer): string {
  return bytes
    .toString("latin1")
    .replace(/[\u0080-\u009f]/g, (c) => upper1252.charAt(c.charCodeAt(0) - 0x80));
}

/** The whole head at once; an incomplete last character is dropped. */
export function decodeHead(head: Buffer, { encoding, mark }: { encoding: Encoding; mark: number }): Buffer {
  const bytes = head.subarray(mark);
  return encoding === "utf-8" ? bytes : Buffer.from(textDecoder(encoding)(bytes));
}

/** The text from an offset in UTF-8. Other encodings are decoded from their start: offsets in them differ. */
export async function* textFrom({ open, layout }: TextSource, offset: number): AsyncGenerator<Buffer> {
  if (layout.encoding === "utf-8") return yield* open(layout.mark + offset);
  let toSkip = offset;
  for await (const bytes of decode(open(0), layout)) {
    const rest = bytes.subarray(Math.min(toSkip, bytes.length));
    toSkip -= bytes.length - rest.length;
    if (rest.length > 0) yield rest;
  }
}
