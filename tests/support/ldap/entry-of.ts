import { DirectoryEntry } from "#lib/directory/ldap/entry.ts";

export type EntryValues = Record<string, string | Buffer | (string | Buffer)[]>;

/** An entry as the reader would hand it on; what is no UTF-8 comes as bytes, as from the client. */
export const entryOf = (dn: string, values: EntryValues): DirectoryEntry =>
  new DirectoryEntry({
    name: dn,
    attributes: Object.entries(values).map(([type, value]) => ({
      type,
      values: [value].flat(),
      parsedBuffers: [value].flat().map((one) => Buffer.from(one as string)),
    })) as never,
  });
