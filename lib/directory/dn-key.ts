/** An attribute of a name and its value, decoded. */
type Part = readonly [type: string, value: string];

/** Thrown for what RFC 4514 does not allow; `at` is the offset in characters. */
export class MalformedDn extends Error {
  readonly at: number;
  constructor(text: string, at: number, what: string) {
    super(`"${text}" is no distinguished name: ${what} at character ${at + 1}`);
    this.at = at;
  }
}

/**
 * What two spellings of one distinguished name have in common: servers escape, blank and capitalise differently, the same
 * server in `dn` and in `member`. For joining only; a person is never known by it. Throws MalformedDn.
 */
export const dnKey = (text: string): string => (plain.test(text) ? text.toLowerCase() : keyOf(parseDn(text)));

/** Names as most servers write most of them: nothing in them is escaped, quoted or blank at an end. */
const plain =
  /^[a-z][a-z0-9-]*=[a-z0-9._@'-]+(?: [a-z0-9._@'-]+)*(?:,[a-z][a-z0-9-]*=[a-z0-9._@'-]+(?: [a-z0-9._@'-]+)*)*$/i;

/** The key of the entry above; "" above the topmost. */
export const parentKey = (key: string): string => (key.includes(",") ? key.slice(key.indexOf(",") + 1) : "");

/** The names from the entry upwards, each with one or more attributes (RFC 4514, and quoted values as in RFC 1779). */
export function parseDn(text: string): Part[][] {
  const reader = new DnReader(text);
  return text.trim() === "" ? [] : reader.names();
}

const keyOf = (names: Part[][]): string =>
  names
    .map((name) =>
      name
        .map(([type, value]) => `${type}=${escaped(folded(value))}`)
        .sort()
        .join("+"),
    )
    .join(",");

const folded = (value: string): string => value.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

// Neither comma nor plus is left in a value, so that keys are cut at them.
const escaped = (value: string): string =>
  value.replace(/[\\,+=]/g, (mark) => `\\${mark.charCodeAt(0).toString(16).padStart(2, "0")}`);

class DnReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  names(): Part[][] {
    const names: Part[][] = [];
    let name: Part[] = [];
    for (;;) {
      name.push([this.type(), this.value()]);
      this.blanks();
      const mark = this.text[this.at];
      if (mark === "+") {
        this.at += 1;
        continue;
      }
      names.push(name);
      name = [];
      if (mark === undefined) return names;
      if (mark !== "," && mark !== ";") this.fail("a comma is missing");
      this.at += 1;
    }
  }

  type(): string {
    this.blanks();
    const type = /^(?:oid\.)?([a-z0-9][a-z0-9.-]*)/i.exec(this.text.slice(this.at, this.at + 200));
    if (!type) this.fail("an attribute's name is missing");
    this.at += type?.[0].length ?? 0;
    this.blanks();
    if (this.text[this.at] !== "=") this.fail("an = is missing");
    this.at += 1;
    this.blanks();
    return (type?.[1] ?? "").toLowerCase();
  }

  value(): string {
    if (this.text[this.at] === "#") return this.hexadecimal();
    const quoted = this.text[this.at] === '"';
    if (quoted) this.at += 1;
    const bytes: number[] = [];
    let kept = 0;
    for (;;) {
      const mark = this.text[this.at];
      if (mark === undefined && quoted) this.fail("a quotation mark is missing");
      if (mark === undefined || (!quoted && /[,+;]/.test(mark))) break;
      if (quoted && mark === '"') {
        this.at += 1;
        kept = bytes.length;
        break;
      }
      const isBlank = mark === " " && !quoted;
      bytes.push(...this.character(mark));
      if (!isBlank) kept = bytes.length;
    }
    return Buffer.from(bytes.slice(0, kept)).toString("utf8");
  }

  /** A character's bytes; a pair of hexadecimal digits behind a backslash is one byte of UTF-8. */
  character(mark: string): Buffer {
    if (mark !== "\\") return this.take(String.fromCodePoint(this.text.codePointAt(this.at) as number));
    const pair = this.text.slice(this.at + 1, this.at + 3);
    if (/^[0-9a-f]{2}$/i.test(pair)) {
      this.at += 3;
      return Buffer.from(pair, "hex");
    }
    const next = this.text.codePointAt(this.at + 1);
    if (next === undefined) this.fail("nothing follows a backslash");
    this.at += 1;
    return this.take(String.fromCodePoint(next as number));
  }

  take(character: string): Buffer {
    this.at += character.length;
    return Buffer.from(character, "utf8");
  }

  /** The value's own encoding in hexadecimal digits; of a string its text, of all else the digits. */
  hexadecimal(): string {
    const digits = /^#((?:[0-9a-f]{2})+)/i.exec(this.text.slice(this.at))?.[1] ?? "";
    if (digits === "") this.fail("hexadecimal digits are missing");
    this.at += digits.length + 1;
    const bytes = Buffer.from(digits, "hex");
    const isString = [0x04, 0x0c, 0x13, 0x16].includes(bytes[0] as number) && bytes[1] === bytes.length - 2;
    return isString ? bytes.subarray(2).toString("utf8") : `#${digits.toLowerCase()}`;
  }

  blanks(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at += 1;
  }

  fail(what: string): never {
    throw new MalformedDn(this.text, this.at, what);
  }
}
