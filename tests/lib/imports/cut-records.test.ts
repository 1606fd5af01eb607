import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutRecords } from "#lib/imports/file/cut-records.ts";
import type { Delimiter } from "#lib/imports/file/scan-record.ts";
import { collect, longStream, pieces } from "../uploads/byte-streams.ts";
import { read, start, text } from "./read-cuts.ts";

const k70 = "x".repeat(70_000);

const cases: [name: string, file: string, cells: (string[] | string)[]][] = [
  ["nothing", "", []],
  [
    "LF",
    "a,b\nc,d\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "CRLF",
    "a,b\r\nc,d\r\n",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "CR",
    "a,b\rc,d\r",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "no last line end",
    "a,b\nc,d",
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  ["all of them mixed", "a\nb\r\nc\rd\n\re\r", [["a"], ["b"], ["c"], ["d"], [""], ["e"]]],
  ["blank lines", "a\n\n\nb\n", [["a"], [""], [""], ["b"]]],
  [
    "a line end within quotes",
    '"a\r\nb",c\nd,e\n',
    [
      ["a\r\nb", "c"],
      ["d", "e"],
    ],
  ],
  ["a delimiter within quotes", '"a,b",c\n', [["a,b", "c"]]],
  ["doubled quotes", '"a ""b"" c",""""\n', [['a "b" c', '"']]],
  ["empty quoted cells", '"","",""\n', [["", "", ""]]],
  ["a quote inside an open cell", 'a"b,c "d" e\n', [['a"b', 'c "d" e']]],
  [
    "blanks after a closing quote",
    '"a" ,"b"  \nc,d\n',
    [
      ["a", "b"],
      ["c", "d"],
    ],
  ],
  [
    "trailing empty cells",
    "a,,\n,,\n",
    [
      ["a", "", ""],
      ["", "", ""],
    ],
  ],
  ["text after a closing quote", '"a"b,c\nd,e\n', ["quote_not_closed", ["d", "e"]]],
  [
    "a quote that the next line seems to close",
    'a,"b\nc,"d"\ne,f\n',
    ["quote_not_closed", ["c", "d"], ["e", "f"]],
  ],
  [
    "a quote that nothing closes",
    'a,b\nc,"d\ne,f\ng,h\n',
    [["a", "b"], "quote_not_closed", ["e", "f"], ["g", "h"]],
  ],
  ["a record over 64 KiB", `a,b\n${k70},c\nd,e\n`, [["a", "b"], "record_too_long", ["d", "e"]]],
  ["a quoted one over 64 KiB", `a\n"${"x\n".repeat(40_000)}",c\nd\n`, [["a"], "record_too_long", ["d"]]],
  ["a record of just 64 KiB", `${"x".repeat(65_535)}\na\n`, [["x".repeat(65_535)], ["a"]]],
  ["a byte more", `${"x".repeat(65_536)}\na\n`, ["record_too_long", ["a"]]],
  ["an over-long last line", `a\n${k70}`, [["a"], "record_too_long"]],
];

describe("cutRecords", () => {
  it.each(cases)("cuts %s", async (_, file, cells) => {
    expect(await text(file)).toEqual(cells);
    for (const size of [1, 3, 70_001]) {
      if (file.length < 1000 || size > 3)
        expect((await read(pieces(file, size))).map((line) => line.cells)).toEqual(cells);
    }
  });

  it("counts a broken record as one line, and goes on with the right numbers", async () => {
    const lines = await read(pieces('a\n"b\nc"x\n\n"d\ne"\nf\n'));
    expect(lines).toEqual([
      { line: 1, cells: ["a"] },
      { line: 2, cells: "quote_not_closed" },
      { line: 3, cells: ['c"x'] },
      { line: 4, cells: [""] },
      { line: 5, cells: ["d\ne"] },
      { line: 6, cells: ["f"] },
    ]);
  });
});

describe("cutRecords on huge files", () => {
  it.each([
    ["open", ""],
    ["quoted", '"'],
    ["full of quotes", 'x"'],
  ])(
    "passes over one line of 500 MiB, %s, in flat memory",
    async (_, filler) => {
      const before = process.memoryUsage();
      const chunks = longStream(`a,b\nc,${filler}`, filler === 'x"' ? 'x"' : "x", 500 * 2 ** 20, "\r\nd,e\n");
      const began = performance.now();
      expect((await read(chunks)).map(({ cells }) => cells)).toEqual([
        ["a", "b"],
        "record_too_long",
        ["d", "e"],
      ]);
      expect(performance.now() - began).toBeLessThan(30_000);
      const after = process.memoryUsage();
      expect(after.heapUsed + after.external - before.heapUsed - before.external).toBeLessThan(64 * 2 ** 20);
    },
    60_000,
  );

  it("gives up a file in which every line opens a quote that nothing closes", async () => {
    const lines = await read(longStream("", 'x","\n', 20 * 2 ** 20));
    expect(lines.at(-1)).toEqual({ line: 1001, cells: "hopeless" });
  }, 60_000);

  it("goes on from the end of any block", async () => {
    const file = Array.from({ length: 4_000 }, (_, row) => `u${row}@acme.test,"Zoë\nof ${row}",x\r\n`).join(
      "",
    );
    const all = await read(pieces(file));
    const ends = await collect(cutRecords(pieces(file), { delimiter: ",", from: start }));
    expect(ends.length).toBeGreaterThan(3);
    for (const cut of ends) {
      if (cut.kind === "hopeless") throw new Error("hopeless");
      const rest = await read(pieces(Buffer.from(file).subarray(cut.end.offset)), ",", cut.end);
      expect(rest).toEqual(all.slice(cut.end.record));
    }
  });
});

describe("cutRecords on any table", () => {
  const cell = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 12 }),
    fc.string({
      unit: fc.constantFrom('"', ",", ";", "\n", "\r", " ", "'", "x", "é", "😀", "\t"),
      maxLength: 12,
    }),
  );

  it("gives back any table that a CSV writer wrote, with its line numbers", async () => {
    const table = fc.record({
      rows: fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 30 }),
      delimiter: fc.constantFrom<Delimiter>(",", ";", "\t", "|"),
      newline: fc.constantFrom("\n", "\r\n", "\r"),
      lastNewline: fc.boolean(),
      size: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(table, async ({ rows, delimiter, newline, lastNewline, size }) => {
        const written = rows.map((cells) => cells.map((value) => quoted(value, delimiter)).join(delimiter));
        const file = written.join(newline) + (lastNewline && rows.length > 0 ? newline : "");
        const expected = rows.map((cells, index) => ({
          line: index + 1,
          cells: cells.map((c) => c.toWellFormed()),
        }));
        // A last line that is empty and has no line end is none.
        if (!lastNewline && rows.length > 0 && written.at(-1) === "") expected.pop();
        expect(await read(pieces(file, size), delimiter)).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("cutRecords on any bytes", () => {
  it("cuts by place what the parser would have cut, whatever the bytes", async () => {
    const byte = fc.oneof(
      fc.constantFrom(...Buffer.from('abc,,,;"\n\r ')),
      fc.constantFrom(...Buffer.from("é€😀\ufeff\u0085")),
      fc.nat(255),
    );
    const file = fc.array(byte, { maxLength: 60 }).map((bytes) => Buffer.from(bytes));
    await fc.assert(
      fc.asyncProperty(file, fc.constantFrom<Delimiter>(",", ";"), async (bytes, delimiter) => {
        await read(pieces(bytes), delimiter);
      }),
      {
        numRuns: 3000,
        examples: [
          [Buffer.from("\ufeff"), ","],
          [Buffer.from('\ufeffa,"b"\n'), ","],
        ],
      },
    );
  });

  it("leaves records of very many cells to the parser", async () => {
    for (const width of [200, 201, 202, 257, 60_000]) {
      const [, cells] = await text(`a,b\n${",".repeat(width - 1)}\nc,d\n`);
      expect(cells).toHaveLength(width);
    }
  });
});

function quoted(value: string, delimiter: string): string {
  if (!/["\r\n]/.test(value) && !value.includes(delimiter)) return value;
  return `"${value.replaceAll('"', '""')}"${" ".repeat(value.length % 3)}`;
}
