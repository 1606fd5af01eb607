import { fileLimits } from "./limits.ts";

export type Newline = "\n" | "\r\n" | "\r";
export type Delimiter = "," | ";" | "\t" | "|";

const quote = 0x22;
const blank = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Kinds of bytes; all others are 0. */
const ends = 1;
const odd = 2;

/**
 * How far a closing quote is looked for. A longer way than a record may have, so that a quoted cell that is merely too
 * long fails as one record, while a quote that nobody closed does not swallow the rest of the file.
 */
export const quoteWindow = 16 * fileLimits.recordBytes;

/**
 * Finds where records end, by RFC 4180: a quote counts only at the start of a field, a doubled one inside is data, and
 * after the closing one only blanks may follow. CRLF, LF and CR all end a record.
 */
export class RecordScanner {
  /** After `next` gave "record" or "broken": the first byte after it. */
  end = 0;
  newline: Newline = "\n";
  /** How far the last "broken" was looked at. */
  reached = 0;
  /** Whether the records since it was last set to true hold no control, no line end and nothing that `isOddByte` names. */
  plain = true;
  readonly #kinds: Uint8Array;

  constructor(delimiter: Delimiter) {
    this.#kinds = Uint8Array.from({ length: 256 }, (_, byte) => (isOddByte(byte) ? odd : 0));
    for (const byte of [delimiter.charCodeAt(0), lineFeed, carriageReturn]) this.#kinds[byte] = ends;
  }

  /**
   * "record": a whole one; "more": undecided until there are more bytes; "broken": its quotes are wrong, it ends with its
   * first line; "endless": no end within the window. `final` says that no more bytes will come.
   */
  next(bytes: Buffer, start: number, final: boolean): "record" | "broken" | "more" | "endless" {
    const kinds = this.#kinds;
    const limit = Math.min(bytes.length, start + quoteWindow);
    let at = start;
    for (;;) {
      if (at < limit && bytes[at] === quote) {
        at = this.#afterClosingQuote(bytes, at + 1, limit);
        while (at < limit && bytes[at] === blank) at++;
      } else {
        at = this.#afterField(bytes, at, limit);
      }
      if (at >= limit) return this.#outOfBytes(bytes, start, { at, limit, final });
      const byte = bytes[at] as number;
      if (byte === lineFeed) return this.#ends("\n", at + 1);
      if (byte === carriageReturn) {
        if (at + 1 === bytes.length && !final) return "more";
        return bytes[at + 1] === lineFeed ? this.#ends("\r\n", at + 2) : this.#ends("\r", at + 1);
      }
      if (kinds[byte] !== ends) return this.#broken(bytes, start, at, final);
      at++;
    }
  }

  #afterField(bytes: Buffer, from: number, limit: number): number {
    const kinds = this.#kinds;
    let at = from;
    for (;;) {
      while (at < limit && kinds[bytes[at] as number] === 0) at++;
      if (at >= limit || kinds[bytes[at] as number] === ends) return at;
      this.plain = false;
      at++;
    }
  }

  /** The byte after the closing quote; beyond `limit` when there is none before it. */
  #afterClosingQuote(bytes: Buffer, from: number, limit: number): number {
    const kinds = this.#kinds;
    let at = from;
    for (;;) {
      for (; at < limit && bytes[at] !== quote; at++) {
        const byte = bytes[at] as number;
        if (kinds[byte] === odd || byte < blank) this.plain = false;
      }
      if (at >= limit) return limit + 1;
      if (bytes[at + 1] !== quote) return at + 1;
      at += 2;
    }
  }

  /** `at` is past the limit when a quote was still open there. */
  #outOfBytes(
    bytes: Buffer,
    start: number,
    { at, limit, final }: { at: number; limit: number; final: boolean },
  ) {
    const all = limit === bytes.length;
    if (all && !final && limit - start < quoteWindow) return "more";
    if (all && final && at === limit) return this.#ends(this.newline, limit);
    return this.#broken(bytes, start, limit, final);
  }

  #ends(newline: Newline, end: number): "record" {
    this.newline = newline;
    this.end = end;
    return "record";
  }

  #broken(bytes: Buffer, start: number, reached: number, final: boolean): "broken" | "more" | "endless" {
    this.reached = reached;
    const end = afterLine(bytes, start, final);
    if (end === "more") return bytes.length - start < quoteWindow ? "more" : "endless";
    this.end = end;
    return "broken";
  }
}

/** Controls, and all that begins a character but Latin letters: some of those are blanks, controls or direction marks. */
function isOddByte(byte: number): boolean {
  return byte < blank || byte === 0x7f || byte === 0xc2 || byte > 0xc8;
}

/** The first byte of the next line, whatever the quotes say. */
export function afterLine(bytes: Buffer, start: number, final: boolean): number | "more" {
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === lineFeed) return at + 1;
    if (bytes[at] !== carriageReturn) continue;
    if (at + 1 === bytes.length && !final) return "more";
    return bytes[at + 1] === lineFeed ? at + 2 : at + 1;
  }
  return final ? bytes.length : "more";
}
