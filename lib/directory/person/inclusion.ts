import { FilterParser } from "ldapts";

/** `filter`: "" where there is none. `at`: the character, counted from 1, at which it goes wrong. */
export type Inclusion = { ok: true; filter: string } | { ok: false; at: number; sentence: string };

const deepest = 40;

/**
 * The LDAP filter of an inclusion rule (RFC 4515), as servers are asked: an outer pair of parentheses that is missing is
 * put in, blanks and line breaks between the parts go. Pure.
 */
export function readInclusion(text: string): Inclusion {
  const start = text.length - text.trimStart().length;
  const written = text.trim();
  if (written === "") return { ok: true, filter: "" };
  const isBare = !written.startsWith("(");
  try {
    const filter = new FilterReader(isBare ? `(${written})` : written).whole();
    FilterParser.parseString(filter);
    return { ok: true, filter };
  } catch (error) {
    const place = error instanceof MalformedFilter ? error.at : 0;
    const what =
      error instanceof MalformedFilter ? error.message : "this is no filter that servers understand";
    const at = Math.min(Math.max(place + start - (isBare ? 1 : 0), 0) + 1, text.length);
    return { ok: false, at, sentence: `Character ${at}: ${what}.` };
  }
}

class MalformedFilter extends Error {
  readonly at: number;
  constructor(at: number, what: string) {
    super(what);
    this.at = at;
  }
}

const description = /[a-z][a-z0-9-]*/iy;
const rule = /(?::dn)?(?::[a-z0-9][a-z0-9.-]*)?/iy;
const comparison = /:=|~=|>=|<=|=/y;
const blanks = /\s*/y;
const assertion = /(?:[^()\\\0]|\\[0-9a-f]{2})*/iy;

class FilterReader {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): string {
    const filter = this.filter(0);
    this.run(blanks);
    if (this.at < this.text.length)
      this.fail("the filter has ended before this. Put several conditions into one: (&(…)(…))");
    return filter;
  }

  filter(depth: number): string {
    this.expect("(", "a condition in parentheses is expected here, such as (department=Sales)");
    if (depth > deepest) this.fail(`more than ${deepest} parentheses are open`);
    this.run(blanks);
    const mark = this.text[this.at] ?? "";
    const inner = /[&|!]/.test(mark) ? this.several(mark, depth) : this.item();
    this.run(blanks);
    this.expect(")", "a closing parenthesis is missing");
    return `(${inner})`;
  }

  several(mark: string, depth: number): string {
    this.at += 1;
    const parts: string[] = [];
    do {
      this.run(blanks);
      parts.push(this.filter(depth + 1));
      this.run(blanks);
    } while (mark !== "!" && this.text[this.at] === "(");
    if (mark === "!" && this.text[this.at] === "(")
      this.fail("behind ! stands one condition. Put several into one: (!(|(…)(…)))");
    return `${mark}${parts.join("")}`;
  }

  item(): string {
    const type = this.run(description);
    if (type === "") this.fail("the name of an attribute is expected here");
    const matching = this.run(rule);
    this.run(blanks);
    const sign = this.run(comparison);
    if (sign === "") this.fail(`=, >=, <=, ~= or := is expected behind “${type}”`);
    if (matching !== "" && sign !== ":=") this.fail("behind a matching rule stands :=");
    const from = this.at;
    const value = this.run(assertion);
    if (this.text[this.at] === "\\")
      this.fail("behind a backslash stand two hexadecimal digits; a backslash itself is written \\5c");
    if (this.text[this.at] === "(") this.fail("a parenthesis in a value is written \\28 or \\29");
    return `${type}${matching}${sign}${this.decoded(value, from)}`;
  }

  /** Bytes of text as the text that they are: the client would encode them a second time. */
  decoded(value: string, from: number): string {
    return value.replace(/(?:\\[89a-f][0-9a-f])+/gi, (escapes, offset: number) => {
      try {
        return strict.decode(Buffer.from(escapes.replaceAll("\\", ""), "hex"));
      } catch {
        this.at = from + offset;
        return this.fail("these bytes are no text; values that are no text, such as ids, cannot be compared");
      }
    });
  }

  expect(mark: string, what: string): void {
    if (this.text[this.at] !== mark) this.fail(what);
    this.at += 1;
  }

  run(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? "";
    this.at += found.length;
    return found;
  }

  fail(what: string): never {
    throw new MalformedFilter(this.at, what);
  }
}

const strict = new TextDecoder("utf-8", { fatal: true });
