import { DirectoryEntry, Message } from "#lib/directory/ldap/entry.ts";

export type EntryValues = Record<string, string | Buffer | (string | Buffer)[]>;

/** An entry as the reader would hand it on. */
export function entryOf(dn: string, values: EntryValues): DirectoryEntry {
  const parts: Buffer[] = [];
  let length = 0;
  const places = new Map(
    Object.entries(values).map(([name, value]) => [
      name.toLowerCase(),
      [value].flat().flatMap((one) => {
        const bytes = Buffer.from(one as string);
        parts.push(bytes);
        length += bytes.length;
        return [length - bytes.length, length];
      }),
    ]),
  );
  const bytes = Buffer.concat(parts);
  return new DirectoryEntry(dn, new Message(bytes, 0, bytes.length), places);
}
