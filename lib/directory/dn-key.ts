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

/** Whether a text is a name of at least one entry. */
export const isDn = (text: string): boolean => Boolean(keyOrNull(text));

/** The key, or null where the text is no name. */
export function keyOrNull(text: string): string | null {
  try {
    return dnKey(text);
  } catch (error) {
    if (error instanceof MalformedDn) return null;
    throw error;
  }
}

/** The first value of a name, as "Sales" of "ou=Sales,dc=acme". Throws MalformedDn. */
export const firstName = (text: string): string => parseDn(text)[0]?.[0]?.[1] ?? text;

/** The key of the entry above; "" above the topmost. */
export const parentKey = (key: string): string => (key.includes(",") ? key.slice(key.indexOf(",") + 1) : "");

/** The names from the entry upwards, each with one or more attributes (RFC 4514, and quoted values as in RFC 1779). */
export function parseDn(text: string): Part[][] {
  const reader = new DnReader(text);
  return text.trim() === "" ? [] : reader.names();
}

const plainValue = /^[a-z0-9._@'-]+(?: [a-z0-9._@'-]+)*$/i;

const keyOf = (names: Part[][]): string =>
  names
    .map((name) =>
      name
        .map(
          ([type, value]) =>
            `${type}=${plainValue.test(value) ? value.toLowerCase() : escaped(folded(value))}`,
        )
        .sort()
        .join("+"),
    )
    .join(",");

const folded = (value: string): string => value.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();

// Neither comma nor plus is left in a value, so that keys are cut at them, nor a zero byte, which Postgres refuses.
const escaped = (value: string): string =>
  value.replace(/[\\,+=\0]/g, (mark) => `\\${mark.charCodeAt(0).toString(16).padStart(2, "0")}`);

const attributeType = /(?:oid\.)?[a-z0-9][a-z0-9._-]*/iy;
const bare = /[^\\,+;]+/y;
const insideQuotes = /[^\\"]+/y;
const hexPairs = /(?:\\[0-9a-f]{2})+/iy;
const blank = /\s+/y;

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
    const type = this.run(attributeType).replace(/^oid\./i, "");
    if (type === "") this.fail("an attribute's name is missing");
    this.blanks();
    if (this.text[this.at] !== "=") this.fail("an = is missing");
    this.at += 1;
    this.blanks();
    return type.toLowerCase();
  }

  value(): string {
    if (this.text[this.at] === "#") return this.hexadecimal();
    if (this.text[this.at] === '"') return this.quoted();
    let value = "";
    // Blanks at the end count only where they are escaped.
    let kept = 0;
    for (;;) {
      const run = this.run(bare);
      value += run;
      if (run.trimEnd() !== "") kept = value.trimEnd().length;
      if (this.text[this.at] !== "\\") return value.slice(0, kept);
      value += this.escaped();
      kept = value.length;
    }
  }

  quoted(): string {
    this.at += 1;
    let value = "";
    for (;;) {
      value += this.run(insideQuotes);
      if (this.text[this.at] === undefined) this.fail("a quotation mark is missing");
      if (this.text[this.at] === "\\") value += this.escaped();
      else {
        this.at += 1;
        return value;
      }
    }
  }

  /** What a backslash stands for; pairs of hexadecimal digits are bytes of UTF-8. */
  escaped(): string {
    const pairs = this.run(hexPairs);
    if (pairs !== "") return Buffer.from(pairs.replaceAll("\\", ""), "hex").toString("utf8");
    const next = this.text.codePointAt(this.at + 1);
    if (next === undefined) this.fail("nothing follows a backslash");
    const character = String.fromCodePoint(next as number);
    this.at += 1 + character.length;
    return character;
  }

  /** What a sticky pattern finds here; "" where it finds nothing. */
  run(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
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
    this.run(blank);
  }

  fail(what: string): never {
    throw new MalformedDn(this.text, this.at, what);
  }
}
