import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import { type RosterBatch, readRoster } from "#lib/imports/file/read-roster.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { pieces } from "../uploads/byte-streams.ts";

/** All rows of a file in any state, and the fault that ended it, if one did. Nothing else may be thrown. */
async function readAny(bytes: Buffer, size: number) {
  const inspector = inspectBytes(rosterReading.words);
  for (let at = 0; at < bytes.length; at += size) {
    const early = inspector.feed(bytes.subarray(at, at + size));
    if (early) return { rows: [], fault: early };
  }
  const verdict = inspector.verdict();
  const found = verdict.ok ? inspectHead(inspector.head(), verdict) : verdict;
  if (!found.ok) return { rows: [], fault: found };
  const open = (from: number) => pieces(bytes.subarray(from), size);
  const rows: ReturnType<typeof rowsOf> = [];
  for await (const batch of readRoster({
    open,
    layout: found.layout,
    domains: ["acme.test"],
    clearWord: "-",
  })) {
    if (!batch.ok) return { rows, fault: batch };
    rows.push(...rowsOf(batch));
  }
  return { rows, fault: null };
}

function rowsOf({ columns }: RosterBatch) {
  return columns.lines.map((line, row) => ({
    line,
    email: columns.emails[row] ?? null,
    code: columns.codes[row] ?? null,
    name: columns.fields.first_name[row] ?? null,
    values: [columns.groups[row], ...profileFields.map((field) => columns.fields[field][row])],
    cells: columns.cells[row] ? (JSON.parse(columns.cells[row]) as string[]) : null,
  }));
}

const encodings: Record<string, (text: string) => Buffer> = {
  "UTF-8": (text) => Buffer.from(text),
  "UTF-8 with a mark": (text) => Buffer.from(`\ufeff${text}`),
  "UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "UTF-16, big-endian": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "Windows-1252": (text) => Buffer.from(text, "latin1"),
};

const anyCell = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.string({
    unit: fc.constantFrom('"', ",", ";", "|", "\t", "\n", "\r", " ", "'", "x", "é", "😀"),
    maxLength: 12,
  }),
);
/** Letters that are no UTF-8 sequence in any order. */
const westernCell = fc.string({ unit: fc.constantFrom(..."abc ;,|'\"\n\téüßñÀÿ"), maxLength: 12 });

interface Writer {
  delimiter: string;
  newline: string;
  lastNewline: boolean;
  quotes: "needed" | "all";
}

function write(rows: string[][], { delimiter, newline, lastNewline, quotes }: Writer): string {
  const quoted = (cell: string) =>
    quotes === "all" || /["\r\n]/.test(cell) || cell.includes(delimiter)
      ? `"${cell.replaceAll('"', '""')}"`
      : cell;
  return rows.map((cells) => cells.map(quoted).join(delimiter)).join(newline) + (lastNewline ? newline : "");
}

const writers = fc.record<Writer>({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  lastNewline: fc.boolean(),
  quotes: fc.constantFrom("needed", "all"),
});

describe("any table that a CSV writer writes", () => {
  it.each(Object.entries(encodings))(
    "comes out of %s with its cells and line numbers",
    async (name, encode) => {
      const cell = name === "Windows-1252" ? westernCell : anyCell;
      const tables = fc.record({
        cells: fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 }),
        writer: writers,
        size: fc.integer({ min: 1, max: 200 }),
      });
      await fc.assert(
        fc.asyncProperty(tables, async ({ cells, writer, size }) => {
          // A row that fails keeps its cells as they were.
          const rows = cells.map(([first, title, shoe], row) => [
            first,
            `u${row}@elsewhere.test`,
            title,
            shoe,
          ]);
          const file = write([["First Name", "Email ID", "Title", "Shoe size"], ...rows], writer);
          const read = await readAny(encode(file), size);
          expect(read.fault).toBeNull();
          expect(read.rows.map(({ line, cells }) => ({ line, cells }))).toEqual(
            rows.map((cells, row) => ({
              line: row + 2,
              cells: cells.map((c) => c.replaceAll("\0", "\ufffd")),
            })),
          );
        }),
        { numRuns: 300 },
      );
    },
  );
});

const anyHeader = fc.constantFrom(
  "Email ID,First Name,Groups\n",
  "Email ID;First Name;Groups\r",
  "Email ID,First Name,",
);
const junk = fc.oneof(
  fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
  fc
    .array(
      fc.constantFrom(
        "a@acme.test",
        ",",
        ";",
        '"',
        "\n",
        "\r\n",
        "\t",
        "é",
        "\0",
        "\ufffd",
        "😀",
        "x",
        "@",
        "\u202e",
      ),
      {
        maxLength: 30,
      },
    )
    .map((parts) => Buffer.from(parts.join(""))),
);
const spoiled = fc
  .record({
    header: anyHeader,
    junk: fc.array(junk, { maxLength: 6 }),
    wide: fc.constantFrom("no", "le", "be"),
    marked: fc.boolean(),
  })
  .map(({ header, junk, wide, marked }) => {
    if (wide === "no") return Buffer.concat([Buffer.from((marked ? "\ufeff" : "") + header), ...junk]);
    const start = Buffer.from((marked ? "\ufeff" : "") + header, "utf16le");
    const rest = junk.map((bytes) => bytes.subarray(0, bytes.length & ~1));
    const text = Buffer.concat([start, ...rest, Buffer.from("\na@acme.test,Ana,\n", "utf16le")]);
    return wide === "le" ? text : Buffer.from(text).swap16();
  });

describe("any bytes", () => {
  it("end in rows or in a fault, and no garbled name is among the rows", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(spoiled, junk), fc.integer({ min: 1, max: 60 }), async (bytes, size) => {
        const { rows, fault } = await readAny(bytes, size);
        if (fault) expect(fault.sentence).toMatch(/^[^\0\ufffd]+\.$|�/);
        const replaced = ["utf8", "utf16le"].some((encoding) =>
          bytes.toString(encoding as BufferEncoding).includes("\ufffd"),
        );
        for (const { code, email, values } of rows) {
          if (code) continue;
          const text = [email, ...values].join("");
          expect(text).not.toMatch(/\p{Cc}/u);
          expect(text.isWellFormed()).toBe(true);
          if (!replaced) expect(text).not.toContain("\ufffd");
        }
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ["in the middle", "a@acme.test,A\ud800na"],
    ["at the end of a value", "a@acme.test,Ana\udc00"],
    ["at the end of the file", "a@acme.test,Ana\ud83d"],
  ])("with half a character of UTF-16 %s fail their row", async (_, row) => {
    for (const size of [1, 2, 3, 1000]) {
      const text = `\ufeffEmail ID,First Name\nb@acme.test,😀\n${row}`;
      for (const bytes of [Buffer.from(text, "utf16le"), Buffer.from(text, "utf16le").swap16()]) {
        const { rows } = await readAny(bytes, size);
        expect(rows).toMatchObject([
          { code: null, name: "😀" },
          { code: "control_character", name: null },
        ]);
      }
    }
  });
});

describe("any flat list", () => {
  const value = fc.string({ unit: fc.constantFrom(...'abc ,"\nÄ'), maxLength: 6 });
  const lists = fc.record({
    people: fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 12 }),
    writer: writers,
    size: fc.integer({ min: 1, max: 100 }),
    wrong: fc.constantFrom("nothing", "less", "more"),
    at: fc.nat(),
  });
  const header = ["Email ID", "First Name", "Title"];
  const clean = (text: string) => text.replace(/[\t\r\n]+/g, " ").trim() || null;

  it("gives its people, and never one with the cells of another", async () => {
    await fc.assert(
      fc.asyncProperty(lists, async ({ people, writer, size, wrong, at }) => {
        const fields = people.flatMap(([first, title], nth) => [`u${nth}@acme.test`, first, `t${title}`]);
        const place = at % fields.length;
        if (wrong === "less") fields.splice(place, 1);
        if (wrong === "more") fields.splice(place, 0, "x");
        const { rows, fault } = await readAny(Buffer.from(write([[...header, ...fields]], writer)), size);
        // What is wrong in the last person may look like a missing or a surplus empty cell.
        const last = Math.floor(place / 3) === people.length - 1;
        const good = rows.filter(({ code }) => code === null);
        for (const { email, name, line } of good) {
          const nth = Number(/\d+/.exec(email ?? "")?.[0]);
          if (wrong !== "nothing" && nth === people.length - 1) continue;
          expect([line, name]).toEqual([nth + 2, clean(people[nth]?.[0] ?? "")]);
        }
        if (wrong !== "nothing" && !last) expect(fault?.reason).toBe("flat_list");
        if (wrong === "nothing")
          expect({ fault, good: good.length }).toEqual({ fault: null, good: people.length });
      }),
      { numRuns: 2000 },
    );
  });
});
