import { isAscii, isUtf8 } from "node:buffer";
import { type FileFault, fileFault } from "./file-fault.ts";
import { knownBinary } from "./known-binary.ts";
import { fileLimits } from "./limits.ts";
import { openSequence, utf8Sequence } from "./utf8-sequence.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

/** What the bytes are taken for; `mark` is the length of the byte order mark. */
export interface TextVerdict {
  ok: true;
  encoding: Encoding;
  mark: number;
  size: number;
  holdsNul: boolean;
}

/** What is said of a file that cannot be used, by what it was uploaded for. */
export interface FileWords {
  /** Whole sentences: what to choose in place of an empty one, and how to divide one that is too large. */
  choose: string;
  divide: string;
  /** A kind of file, as a program calls it where it saves. */
  saveAs: string;
  /** Of the first bytes, where no line ends in them and no address can be: whether that is a fault already. */
  endless(head: Buffer): FileFault | null;
}

export interface ByteInspector {
  /** A fault is final: nothing more need be fed. */
  feed(chunk: Buffer): FileFault | null;
  /** The first bytes of the file as uploaded, at most `fileLimits.headBytes`. */
  head(): Buffer;
  verdict(): TextVerdict | FileFault;
}

const undefinedIn1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const marks = [
  { encoding: "utf-8", bytes: "efbbbf" },
  { encoding: "utf-16le", bytes: "fffe" },
  { encoding: "utf-16be", bytes: "feff" },
] as const;

/** Finds out, while a file streams by, whether it is text and in which encoding. Memory: the head only. */
export function inspectBytes(words: FileWords): ByteInspector {
  return new Inspector(words);
}

class Inspector implements ByteInspector {
  readonly #words: FileWords;
  #size = 0;
  #head: Buffer[] = [];
  #headSize = 0;
  #early = false;
  /** NULs at even and at odd places. */
  #evenNuls = 0;
  #oddNuls = 0;
  /** The last bytes fed, when they begin a sequence that is not complete yet. */
  #open: Buffer = Buffer.alloc(0);
  #multiByte = false;
  #invalidAt = -1;
  #linesBefore = 0;
  #returnsBefore = 0;
  #no1252At = -1;

  constructor(words: FileWords) {
    this.#words = words;
  }

  feed(chunk: Buffer): FileFault | null {
    const start = this.#size;
    this.#size += chunk.length;
    if (this.#size > fileLimits.bytes) return tooLarge(this.#words);
    this.#keepHead(chunk);
    if (chunk.includes(0)) this.#countNuls(chunk, start);
    const bytes = this.#open.length > 0 ? Buffer.concat([this.#open, chunk]) : chunk;
    const whole = bytes.length - openSequence(bytes);
    this.#judge(bytes.subarray(0, whole), start + chunk.length - bytes.length);
    this.#open = Buffer.from(bytes.subarray(whole));
    return this.#earlyFault();
  }

  head(): Buffer {
    return Buffer.concat(this.#head);
  }

  verdict(): TextVerdict | FileFault {
    const head = this.head();
    if (this.#size === 0) return fileFault("empty", `The file is empty. ${this.#words.choose}`);
    const binary = binaryFault(head, this.#words);
    if (binary) return binary;
    for (let at = 0; at < this.#open.length; at++)
      this.#invalid(this.#open, at, this.#size - this.#open.length);
    const mark = marks.find(({ bytes }) => head.subarray(0, 3).toString("hex").startsWith(bytes));
    if (mark) return this.#marked(mark.encoding, mark.bytes.length / 2);
    // ASCII text in UTF-16 is valid UTF-8 as well, so this question comes first.
    const wide = this.#wide();
    if (wide) return this.#marked(wide, 0);
    if (this.#invalidAt < 0) return this.#text("utf-8", 0);
    return this.#multiByte || this.#no1252At >= 0 ? this.#notText() : this.#text("windows-1252", 0);
  }

  #keepHead(chunk: Buffer): void {
    const room = fileLimits.headBytes - this.#headSize;
    if (room <= 0) return;
    const kept = Buffer.from(chunk.subarray(0, room));
    this.#head.push(kept);
    this.#headSize += kept.length;
  }

  /** What can be said before the whole file is here, so that nobody waits for 500 MB to be told. */
  #earlyFault(): FileFault | null {
    if (this.#early || this.#headSize < fileLimits.headBytes) return null;
    this.#early = true;
    const head = this.head();
    // An endless line with an @ may be a flat list.
    const mayGoOn = [0x0a, 0x0d, 0x40].some((byte) => head.includes(byte));
    return binaryFault(head, this.#words) ?? (mayGoOn ? null : this.#words.endless(head));
  }

  #countNuls(chunk: Buffer, start: number): void {
    let [even, odd] = [0, 0];
    for (let at = chunk.indexOf(0); at < chunk.length; at++) {
      if (chunk[at] !== 0) continue;
      if ((start + at) % 2 === 0) even += 1;
      else odd += 1;
    }
    this.#evenNuls += even;
    this.#oddNuls += odd;
  }

  #judge(bytes: Buffer, start: number): void {
    if (isUtf8(bytes)) {
      this.#multiByte ||= !isAscii(bytes);
      this.#countLines(bytes);
      return;
    }
    for (let at = 0; at < bytes.length; ) {
      const length = utf8Sequence(bytes, at);
      if (length > 1) this.#multiByte = true;
      else if (length < 1) this.#invalid(bytes, at, start);
      at += Math.max(length, 1);
    }
  }

  #invalid(bytes: Buffer, at: number, start: number): void {
    if (this.#invalidAt < 0) {
      this.#countLines(bytes.subarray(0, at));
      this.#invalidAt = start + at;
    }
    if (this.#no1252At < 0 && undefinedIn1252.has(bytes[at] ?? 0)) this.#no1252At = start + at;
  }

  #countLines(bytes: Buffer): void {
    if (this.#invalidAt >= 0) return;
    this.#linesBefore += countByte(bytes, 0x0a);
    // Old Mac files have carriage returns only; in all others they would be counted for nothing.
    if (this.#linesBefore === 0) this.#returnsBefore += countByte(bytes, 0x0d);
  }

  #wide(): Encoding | null {
    const units = this.#size / 2;
    const [even, odd] = [this.#evenNuls / units, this.#oddNuls / units];
    if (odd > 0.3 && even < 0.02) return "utf-16le";
    return even > 0.3 && odd < 0.02 ? "utf-16be" : null;
  }

  #marked(encoding: Encoding, mark: number): TextVerdict | FileFault {
    if (encoding === "utf-8") return this.#invalidAt < 0 ? this.#text(encoding, mark) : this.#notText();
    if (this.#size % 2 === 0) return this.#text(encoding, mark);
    return fileFault(
      "not_text",
      `The file is UTF-16 text but ends in the middle of a character, at byte ${this.#size}. Upload it again, or save it as ${this.#words.saveAs}.`,
    );
  }

  #text(encoding: Encoding, mark: number): TextVerdict {
    const holdsNul = encoding.startsWith("utf-16") ? false : this.#evenNuls + this.#oddNuls > 0;
    return { ok: true, encoding, mark, size: this.#size, holdsNul };
  }

  #notText(): FileFault {
    const line = (this.#linesBefore || this.#returnsBefore) + 1;
    return fileFault(
      "not_text",
      `The file is not text in one known encoding: the byte at position ${this.#invalidAt + 1}, in line ${line}, is not valid UTF-8. Save it as ${this.#words.saveAs} and upload it again.`,
    );
  }
}

function countByte(bytes: Buffer, wanted: number): number {
  let count = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) count += 1;
  return count;
}

function binaryFault(head: Buffer, { saveAs }: FileWords): FileFault | null {
  const what = knownBinary(head);
  if (!what) return null;
  return fileFault(
    "binary",
    `The file is ${what}, not a text file. Save the list as ${saveAs} and upload that file.`,
  );
}

function tooLarge({ divide }: FileWords): FileFault {
  return fileFault("too_large", `The file is larger than 512 MiB. ${divide}`);
}
