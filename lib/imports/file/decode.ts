import type { Encoding } from "./inspect-bytes.ts";

/** Windows-1252 at 0x80 to 0x9f (https://encoding.spec.whatwg.org/#legacy-single-byte-encodings); the rest is Latin-1. */
const upper1252 =
  "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f" +
  "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

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
}

function textDecoder(encoding: Exclude<Encoding, "utf-8">): (bytes: Buffer) => string {
  if (encoding === "windows-1252") return from1252;
  // A byte order mark was skipped already; a second one is data.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (bytes) => decoder.decode(bytes, { stream: true });
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
