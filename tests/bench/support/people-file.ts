import { once } from "node:events";
import { createWriteStream } from "node:fs";

export type PeopleFile = { path: string; rows: number; bad: number; bytesPerRow: number };

export const fileDomain = "acme.test";
export const fileColumns = [
  "email",
  "first_name",
  "last_name",
  "alternate_id",
  "work_phone",
  "title",
  "department",
  "asked",
] as const;

const header = "Email ID,First Name,Last Name,Alternate ID,Work Phone,Title,Department,User Status\n";
const firstNames =
  "Ada Ben Chloe Dan Eva Finn Greta Hugo Iris Jonas Kim Lena Milo Nora Otto Pia Quinn Rosa Sam Tess".split(
    " ",
  );
const lastNames =
  "Abel Brand Costa Diaz Egger Fink Gruber Hahn Ito Jung Kovac Lopez Meyer Novak Olsen Patel Rossi Silva".split(
    " ",
  );
const titles = "Clerk Nurse Buyer Tutor Driver Analyst Teacher Manager".split(" ");
const departments = "Sales Legal Stores Payroll Support Transport".split(" ");

type Cells = string[];

/** What spoils one row of a hundred; each leaves the number of fields as it is, so that COPY takes the file too. */
const faults: ((cells: Cells, earlier: string) => Cells)[] = [
  ([email = "", ...rest]) => [email.replace("@", " at "), ...rest],
  ([email = "", ...rest]) => [email.replace(fileDomain, "elsewhere.test"), ...rest],
  ([, ...rest]) => ["", ...rest],
  ([email = "", ...rest]) => [`${"x".repeat(65)}${email}`, ...rest],
  ([, ...rest], earlier) => [earlier.toUpperCase(), ...rest],
  (cells) => [...cells.slice(0, 7), "Nwe"],
  (cells) => [...cells.slice(0, 3), "A".repeat(65), ...cells.slice(4)],
  ([email = "", first = "", ...rest]) => [email, `${first}\u202e`, ...rest],
];

/** Every so many rows one is bad. */
export const badEvery = 100;

/**
 * Writes the file of people that both sides read: 8 columns, about 72 bytes a row, 1 % bad, the same for the same seed.
 * `asks` are the values of User Status, row by row in turn.
 */
export async function writePeopleFile(
  path: string,
  rows: number,
  seed = 20_260_401,
  asks: readonly string[] = ["New"],
): Promise<PeopleFile> {
  const random = randomNumbers(seed);
  const out = createWriteStream(path);
  out.write(header);
  let bad = 0;
  let earlier = "";
  for (let at = 0; at < rows; ) {
    const lines: string[] = [];
    for (const end = Math.min(rows, at + 2000); at < end; at++) {
      const cells = [...person(at, random), asks[at % asks.length] ?? ""];
      const fault = at % badEvery === badEvery - 1 ? faults[bad++ % faults.length] : undefined;
      lines.push(`${(fault ? fault(cells, earlier) : cells).join(",")}\n`);
      if (!fault) earlier = cells[0] ?? "";
    }
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return { path, rows, bad, bytesPerRow: (out.bytesWritten - header.length) / rows };
}

function person(at: number, random: () => number): Cells {
  const pick = (list: string[]) => list[Math.floor(random() * list.length)] ?? "";
  const [first, last] = [pick(firstNames), pick(lastNames)];
  // Addresses in no order, as in real files: their index is filled all over.
  const email = `${last}.${first}${at.toString(36)}@${fileDomain}`.toLowerCase();
  const number = String(at).padStart(7, "0");
  return [email, first, last, `A${number}`, `555-${number.slice(3)}`, pick(titles), pick(departments)];
}

/** mulberry32, by Tommy Ettinger, public domain. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
