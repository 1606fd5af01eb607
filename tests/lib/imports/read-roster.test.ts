import { describe, expect, it } from "vitest";
import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import {
  type Checkpoint,
  type RosterBatch,
  type RosterSource,
  readRoster,
} from "#lib/imports/file/read-roster.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { pieces } from "../uploads/byte-streams.ts";

function sourceOf(file: Buffer | string): RosterSource {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const inspector = inspectBytes(rosterReading.words);
  inspector.feed(bytes);
  const verdict = inspector.verdict();
  if (!verdict.ok) throw new Error(verdict.sentence);
  const head = inspectHead(inspector.head(), verdict);
  if (!head.ok) throw new Error(head.sentence);
  const open = (from: number) => pieces(bytes.subarray(from), 100_000);
  return { open, layout: head.layout, domains: ["acme.test"], clearWord: "-" };
}

async function readAll(source: RosterSource, resumeAt?: Checkpoint): Promise<RosterBatch[]> {
  const batches: RosterBatch[] = [];
  for await (const batch of readRoster(source, resumeAt)) {
    if (!batch.ok) throw new Error(batch.sentence);
    batches.push(batch);
  }
  return batches;
}

const people = (count: number) =>
  Array.from(
    { length: count },
    (_, row) => `u${row}@acme.test,José ${row},${row % 3 ? "" : "Sales;Team A"}\r\n`,
  ).join("");
const header = "Email ID,First Name,Groups\r\n";

describe("readRoster", () => {
  it("gives columns of equal length, lines and positions of their own", async () => {
    const file = `${header}\r\nbob@acme.test,-,A;B\r\n,,\r\nnobody,Ann,\r\n"x\r\neve@acme.test,Eve,\r\n`;
    const [batch, ...more] = await readAll(sourceOf(file));
    expect(more).toEqual([]);
    expect(batch?.columns).toMatchObject({
      positions: [1, 2, 3, 4],
      lines: [3, 5, 6, 7],
      emails: ["bob@acme.test", "nobody", null, "eve@acme.test"],
      asked: [null, null, null, null],
      cleared: ["first_name", null, null, null],
      groups: ["A;B", null, null, null],
      codes: [null, "invalid_address", "quote_not_closed", null],
      cells: [null, '["nobody","Ann",""]', '["\\"x"]', null],
    });
    expect(batch?.columns.fields.first_name).toEqual([null, "Ann", null, "Eve"]);
    expect(batch?.columns.problems[1]).toMatch(/^Line 5, column A \(Email ID\)/);
    expect(batch?.columns.problems[2]).toMatch(/^Line 6 has a double quote/);
    for (const name of profileFields) expect(batch?.columns.fields[name]).toHaveLength(4);
  });

  it.each([
    ["utf8", ""],
    ["utf8", "\ufeff"],
    ["utf16le", "\ufeff"],
    ["latin1", ""],
  ] as const)("goes on from every checkpoint (%s %j)", async (encoding, mark) => {
    const source = sourceOf(Buffer.from(mark + header + people(12_000), encoding));
    const all = await readAll(source);
    expect(all.length).toBeGreaterThan(2);
    expect(all.flatMap(({ columns }) => columns.positions)).toEqual(
      Array.from({ length: 12_000 }, (_, row) => row + 1),
    );
    expect(all[0]?.columns.fields.first_name[7]).toBe("José 7");
    for (const [index, { columns, checkpoint }] of all.entries()) {
      expect(columns.lines.length).toBeLessThanOrEqual(5000);
      const rest = await readAll(source, checkpoint);
      const flat = (batches: RosterBatch[]) => batches.flatMap((batch) => batch.columns.emails);
      expect(flat(rest)).toEqual(flat(all.slice(index + 1)));
      expect(rest[0]?.columns.lines[0]).toBe(all[index + 1]?.columns.lines[0]);
    }
  });
});

describe("readRoster on odd files", () => {
  it("never lets a password out, whatever is wrong with its row", async () => {
    const file =
      'Email ID,First Name,Password\nnobody,Bob,hunter2\nbob@acme.test,hunter2\nbob@acme.test,B,x,hunter2\n"hunter2\nx@acme.test,"hunter2"x\n';
    const [batch] = await readAll(sourceOf(file));
    expect(batch?.columns.codes).toEqual([
      "invalid_address",
      "short_row",
      "long_row",
      "quote_not_closed",
      "quote_not_closed",
    ]);
    expect(JSON.stringify(batch)).not.toContain("hunter2");
  });

  it("keeps NUL away from the database", async () => {
    const [batch] = await readAll(sourceOf(`${header}a\0@acme.test,x\0y,\n`));
    expect(batch?.columns.codes).toEqual(["control_character"]);
    expect(JSON.stringify(batch)).not.toContain("\\u0000");
  });

  it("stops at a million rows", async () => {
    async function* endless() {
      yield Buffer.from(header);
      const rows = Buffer.from(people(5000));
      for (let sent = 0; sent <= 1_000_000; sent += 5000) yield rows;
    }
    const source = { ...sourceOf(header + people(1)), open: endless };
    let last: { ok: boolean } | undefined;
    let rows = 0;
    for await (const batch of readRoster({
      ...source,
      layout: { ...source.layout, start: { offset: 0, record: 0 } },
    })) {
      last = batch;
      if (batch.ok) rows += batch.columns.lines.length;
    }
    expect(last).toMatchObject({ ok: false, reason: "too_many_rows" });
    expect(rows).toBeLessThanOrEqual(1_000_000);
  }, 60_000);

  it("counts blank lines and gives no batch for them", async () => {
    const batches = await readAll(
      sourceOf(`${header}a@acme.test,x,\n${"\n".repeat(600_000)}b@acme.test,y,\n`),
    );
    expect(batches.map(({ columns }) => columns.lines)).toEqual([[2, 600_003]]);
  });
});
