import type { Delimiter } from "./scan-record.ts";

const quote = 0x22;
const blank = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

type State = "start" | "plain" | "quoted" | "closing" | "closed" | "lost";

/**
 * A flat list as usual records: every `width`-th delimiter becomes a line end, and a line end within a record a delimiter.
 * Byte for byte as long as what comes in, so that places in the text stay true. Begins at the start of a record.
 */
export async function* flatten(
  chunks: AsyncIterable<Buffer>,
  shape: { delimiter: Delimiter; width: number },
): AsyncGenerator<Buffer> {
  const flattener = new Flattener(shape.delimiter.charCodeAt(0), shape.width);
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([held, chunk]);
    // A line feed may follow in the next chunk, and belongs to it.
    const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
    held = Buffer.from(bytes.subarray(end));
    yield flattener.rewrite(bytes.subarray(0, end));
  }
  if (held.length > 0) yield flattener.rewrite(held);
}

class Flattener {
  readonly #delimiter: number;
  readonly #width: number;
  #state: State = "start";
  /** How many fields of the record are complete. */
  #fields = 0;

  constructor(delimiter: number, width: number) {
    this.#delimiter = delimiter;
    this.#width = width;
  }

  /** In place; `bytes` never ends between a carriage return and its line feed. */
  rewrite(bytes: Buffer): Buffer {
    for (let at = 0; at < bytes.length; at++) {
      const byte = bytes[at];
      if (this.#state === "lost") break;
      if (this.#state === "quoted") {
        if (byte === quote) this.#state = "closing";
      } else if (byte === this.#delimiter) {
        this.#endField(bytes, at);
      } else if (byte === lineFeed || byte === carriageReturn) {
        at = this.#endLine(bytes, at);
      } else if (this.#state !== "plain") {
        this.#state = this.#after(byte);
      }
    }
    return bytes;
  }

  /** Of a field that has just begun, or whose quotes may be closed. The reader of records finds the same fault. */
  #after(byte: number | undefined): State {
    if (this.#state === "start") return byte === quote ? "quoted" : "plain";
    if (this.#state === "closing" && byte === quote) return "quoted";
    return byte === blank ? "closed" : "lost";
  }

  #endField(bytes: Buffer, at: number): void {
    this.#fields = (this.#fields + 1) % this.#width;
    bytes[at] = this.#fields === 0 ? lineFeed : this.#delimiter;
    this.#state = "start";
  }

  /** Behind a whole record a line end is an empty line; within one it ends a field as a delimiter does. */
  #endLine(bytes: Buffer, at: number): number {
    const pair = bytes[at] === carriageReturn && bytes[at + 1] === lineFeed;
    const end = pair ? at + 1 : at;
    if (pair) bytes[at] = blank;
    if (this.#fields === 0 && this.#state === "start") bytes[end] = lineFeed;
    else this.#endField(bytes, end);
    return end;
  }
}
