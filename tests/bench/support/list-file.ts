import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { badEvery, fileDomain, type PeopleFile } from "./people-file.ts";

const names =
  "abel brand costa diaz egger fink gruber hahn ito jung kovac lopez meyer novak olsen patel".split(" ");

/** What spoils one line of a hundred; none holds a comma or a quote, so that COPY takes the file too. */
const faults: ((address: string, earlier: string) => string)[] = [
  (address) => address.replace("@", " at "),
  (address) => address.replace(fileDomain, "elsewhere.test"),
  (address) => `${"x".repeat(65)}${address}`,
  (_, earlier) => earlier.toUpperCase(),
];

const header = "Email ID\n";

/** Writes the list of addresses that both sides read: a header, one address a line in no order, 1 % bad, always the same. */
export async function writeListFile(path: string, rows: number): Promise<PeopleFile> {
  const out = createWriteStream(path);
  out.write(header);
  let bad = 0;
  let earlier = "";
  for (let at = 0; at < rows; ) {
    const lines: string[] = [];
    for (const end = Math.min(rows, at + 2000); at < end; at++) {
      const address = `${names[(at * 7919) % names.length]}.${((at * 48_271) % 2_147_483_647).toString(36)}@${fileDomain}`;
      const fault = at % badEvery === badEvery - 1 ? faults[bad++ % faults.length] : undefined;
      lines.push(`${fault ? fault(address, earlier) : address}\n`);
      if (!fault) earlier = address;
    }
    if (!out.write(lines.join(""))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
  return { path, rows, bad, bytesPerRow: (out.bytesWritten - header.length) / rows };
}
