import type { DirectoryConnection } from "./connection.ts";
import type { DirectoryEntry } from "./entry.ts";
import { DirectoryFailure } from "./failure.ts";

const mostParts = 10_000;

/**
 * All values of an attribute of which the server gives only some at a time: Active Directory cuts at 1,500 and shows the
 * attribute itself as empty (MS-ADTS 3.1.1.3.1.3.3). Throws DirectoryFailure when a part is missing.
 */
export async function allValues(
  connection: DirectoryConnection,
  entry: DirectoryEntry,
  name: string,
): Promise<string[]> {
  let part = entry.range(name);
  if (!part) return entry.texts(name);
  const values: string[] = [];
  for (let asked = 0; asked < mostParts; asked += 1) {
    if (part?.from !== values.length) break;
    values.push(...part.values);
    if (part.isLast) return values;
    const next: DirectoryEntry | null = await connection.entry(entry.dn, [
      `${name};range=${values.length}-*`,
    ]);
    part = next?.range(name) ?? null;
  }
  throw new DirectoryFailure("search", "line_dropped", {
    message: `the values of ${name} do not come to their end`,
  });
}
