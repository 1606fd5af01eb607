import { inspectHead } from "#lib/imports/file/inspect-head.ts";
import { type RosterBatch, type RosterSource, readRoster } from "#lib/imports/file/read-roster.ts";
import { rosterReading } from "#lib/imports/file/roster-reading.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";
import { profileFields } from "#lib/users/profile-fields.ts";
import { pieces } from "../uploads/byte-streams.ts";

/** What the form would say of a file: its layout, or the fault for which it is refused at once. */
export function inspect(file: Buffer | string) {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const inspector = inspectBytes(rosterReading.words);
  const early = inspector.feed(bytes);
  if (early) return early;
  const verdict = inspector.verdict();
  return verdict.ok ? inspectHead(inspector.head(), verdict) : verdict;
}

export function layoutOf(file: Buffer | string) {
  const found = inspect(file);
  if (!found.ok) throw new Error(found.sentence);
  return found.layout;
}

export function sourceOf(file: Buffer | string, pieceSize = 100_000): RosterSource {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  const open = (from: number) => pieces(bytes.subarray(from), pieceSize);
  return { open, layout: layoutOf(bytes), domains: ["acme.test"], clearWord: "-" };
}

export async function batchesOf(source: RosterSource, resumeAt?: RosterBatch["checkpoint"]) {
  const batches: RosterBatch[] = [];
  for await (const batch of readRoster(source, resumeAt)) {
    if (!batch.ok) throw new Error(batch.sentence);
    batches.push(batch);
  }
  return batches;
}

type Person = { line: number } & Record<string, unknown>;

/** Everybody in a file, a plain object each, without what is empty. */
export async function peopleIn(file: Buffer | string, pieceSize?: number): Promise<Person[]> {
  const batches = await batchesOf(sourceOf(file, pieceSize));
  return batches.flatMap(({ columns }) =>
    columns.lines.map((line, row) => {
      const cells = { ...columns, ...columns.fields };
      const names = [
        "emails",
        "asked",
        "groups",
        "cleared",
        "codes",
        "problems",
        "passedOver",
        ...profileFields,
      ] as const;
      const filled = names
        .map((name) => [name, cells[name][row]] as const)
        .filter(([, cell]) => cell !== null);
      return { line, ...Object.fromEntries(filled) };
    }),
  );
}
