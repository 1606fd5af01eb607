import type { Delimiter } from "./scan-record.ts";

export interface LineField {
  text: string;
  /** The byte after the field and what ends it. */
  end: number;
}

/**
 * The fields of the line that begins at `from`, at most `most`; ends early where quotes are wrong. `final` says that the
 * file ends with `bytes`; `whole` that the line ended in them.
 */
export function firstLine(
  bytes: Buffer,
  from: number,
  { delimiter, most, final }: { delimiter: Delimiter; most: number; final: boolean },
): { fields: LineField[]; whole: boolean } {
  const text = bytes.toString("latin1", from);
  const field = new RegExp(
    `(?:"((?:[^"]|"")*)" *|([^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*|))(${"\\"}${delimiter}|[\\r\\n]|$)`,
    "y",
  );
  const fields: LineField[] = [];
  while (fields.length < most) {
    const found = field.exec(text);
    if (!found || (found[3] === "" && !final)) return { fields, whole: false };
    const bare = found[1]?.replaceAll('""', '"') ?? found[2] ?? "";
    fields.push({ text: Buffer.from(bare, "latin1").toString("utf8"), end: from + field.lastIndex });
    if (found[3] !== delimiter) return { fields, whole: true };
  }
  return { fields, whole: false };
}
