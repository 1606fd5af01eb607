import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";
import { longStream, pieces } from "./byte-streams.ts";

async function inspect(chunks: AsyncIterable<Buffer>) {
  const inspector = inspectBytes(rosterReading.words);
  for await (const chunk of chunks) {
    const fault = inspector.feed(chunk);
    if (fault) return fault;
  }
  return inspector.verdict();
}

const header = "Email ID,First Name\n";
const utf16 = (text: string) => Buffer.from(text, "utf16le");
const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

const refused: [name: string, file: Buffer, reason: string, says: RegExp][] = [
  ["an empty file", Buffer.alloc(0), "empty", /file is empty/],
  ["a JPEG", bytes([0xff, 0xd8, 0xff, 0xe0], "JFIF"), "binary", /a JPEG picture/],
  ["a PNG", bytes([0x89], "PNG\r\n", [0x1a], "\n"), "binary", /a PNG picture/],
  ["a PDF", bytes("%PDF-1.7\n"), "binary", /a PDF document/],
  ["a ZIP named .csv", bytes("PK", [3, 4], "xl/workbook.xml"), "binary", /Excel workbook or a ZIP/],
  ["an old workbook", bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "binary", /\.xls/],
  ["a gzip", gzipSync(header), "binary", /gzip/],
  ["UTF-32", bytes([0xff, 0xfe, 0, 0, 0x45, 0, 0, 0]), "binary", /UTF-32/],
  [
    "a stray byte among UTF-8",
    bytes(header, "a@b.c,José\nb@b.c,", [0xff], "x\n"),
    "not_text",
    /position 39, in line 3/,
  ],
  [
    "the same with carriage returns",
    bytes("Email ID\rJosé\r", [0xc3], "x"),
    "not_text",
    /position 16, in line 3/,
  ],
  ["a cut-off last character", bytes(header, "José", [0xe2, 0x82]), "not_text", /position 26, in line 2/],
  ["an overlong form", bytes(header, "é", [0xc0, 0x80]), "not_text", /position 23/],
  ["a UTF-8 surrogate", bytes(header, "é", [0xed, 0xa0, 0x80]), "not_text", /position 23/],
  ["bytes that Windows-1252 lacks", bytes(header, [0xe9, 0x81]), "not_text", /position 21, in line 2/],
  [
    "a mark of UTF-8 and no UTF-8",
    bytes([0xef, 0xbb, 0xbf], header, [0xe9], "\n"),
    "not_text",
    /position 24, in line 2/,
  ],
  ["half a UTF-16 character", bytes([0xff, 0xfe, 0x45]), "not_text", /middle of a character, at byte 3/],
];

const taken: [name: string, file: Buffer, encoding: string, mark: number, holdsNul?: boolean][] = [
  ["plain ASCII", bytes(header), "utf-8", 0],
  ["UTF-8", bytes(header, "José 😀 شركة\n"), "utf-8", 0],
  ["UTF-8 with a mark", bytes([0xef, 0xbb, 0xbf], header), "utf-8", 3],
  ["UTF-8 with a NUL in a row", bytes(header, "a@b.c,x\0y\n"), "utf-8", 0, true],
  ["UTF-16 with a mark", bytes([0xff, 0xfe], [...utf16(header)]), "utf-16le", 2],
  ["UTF-16 with the other mark", bytes([0xfe, 0xff], [...utf16(header).swap16()]), "utf-16be", 2],
  ["UTF-16 without a mark", utf16(`${header}a@b.c,José 東京\n`), "utf-16le", 0],
  ["UTF-16 of the other kind", utf16(header).swap16(), "utf-16be", 0],
  ["Windows-1252", bytes(header, "a@b.c,Jos", [0xe9], "\n"), "windows-1252", 0],
  ["Windows-1252 with its own signs", bytes(header, [0x93], "Bob", [0x94, 0x80], "\n"), "windows-1252", 0],
];

describe("inspectBytes", () => {
  for (const size of [1, 7, 65_536]) {
    it.each(refused)(`refuses %s (pieces of ${size})`, async (_, file, reason, says) => {
      const verdict = await inspect(pieces(file, size));
      expect(verdict).toMatchObject({ ok: false, reason });
      expect(verdict).toHaveProperty("sentence", expect.stringMatching(says));
    });

    it.each(taken)(`takes %s (pieces of ${size})`, async (_, file, encoding, mark, holdsNul = false) => {
      expect(await inspect(pieces(file, size))).toEqual({
        ok: true,
        encoding,
        mark,
        size: file.length,
        holdsNul,
      });
    });
  }

  it("finds the bad byte behind the first megabytes", async () => {
    const good = "a@acme.test,José\n".repeat(100_000);
    const verdict = await inspect(pieces(bytes(header, good, [0xfe], "\n"), 65_537));
    const place = Buffer.byteLength(header + good) + 1;
    expect(verdict).toHaveProperty("sentence", expect.stringContaining(`position ${place}, in line 100002`));
  });

  it("gives up one endless line long before its end", async () => {
    let sent = 0;
    async function* counted() {
      for await (const chunk of longStream("", "x", 500 * 2 ** 20)) {
        sent += chunk.length;
        yield chunk;
      }
    }
    expect(await inspect(counted())).toMatchObject({ reason: "header_too_long" });
    expect(sent).toBeLessThanOrEqual(2 ** 20);
  });

  it.each([
    [511, { ok: true }],
    [513, { reason: "too_large" }],
  ])(
    "takes 512 MiB at most: %i MiB",
    async (size, expected) => {
      const file = longStream(header, "a@acme.test,Bob\n", size * 2 ** 20 - header.length);
      expect(await inspect(file)).toMatchObject(expected);
    },
    60_000,
  );

  it("keeps no more than the head", async () => {
    const inspector = inspectBytes(rosterReading.words);
    for await (const chunk of longStream(header, "a@acme.test,Bob\n", 5 * 2 ** 20)) inspector.feed(chunk);
    expect(inspector.head().length).toBe(256 * 1024);
  });
});
