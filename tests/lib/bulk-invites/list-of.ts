import { addressListReading } from "#lib/bulk-invites/list/address-list-reading.ts";
import { type ListCheckpoint, readList } from "#lib/bulk-invites/list/read-list.ts";
import { inspectBytes } from "#lib/uploads/inspect-bytes.ts";
import { pieces } from "../uploads/byte-streams.ts";

export type ReadEntry = { line: number; email: string | null; problem: string | null; raw: string | null };

const domains = ["acme.test", "acme.com"];

/** What the form would say of a file: its layout, or the fault for which it is refused at once. */
export function inspect(file: Buffer | string) {
  const bytes = Buffer.from(file);
  const inspector = inspectBytes(addressListReading.words);
  const early = inspector.feed(bytes);
  if (early) return early;
  const verdict = inspector.verdict();
  return verdict.ok ? addressListReading.inspectHead(inspector.head(), verdict) : verdict;
}

export function layoutOf(file: Buffer | string) {
  const found = inspect(file);
  if (!found.ok) throw new Error(found.sentence);
  return found.layout;
}

/** The entries of a file from a checkpoint on, and the checkpoints behind each batch. */
export async function read(
  file: Buffer | string,
  { from, size }: { from?: ListCheckpoint; size?: number } = {},
) {
  const bytes = Buffer.from(file);
  const source = {
    open: (at: number) => pieces(bytes.subarray(at), size),
    layout: layoutOf(bytes),
    domains,
  };
  const entries: ReadEntry[] = [];
  const checkpoints: ListCheckpoint[] = [];
  for await (const batch of readList(source, from)) {
    if (!batch.ok) throw new Error(batch.sentence);
    for (const [at, line] of batch.lines.entries()) {
      const [email, problem, raw] = [batch.emails[at], batch.problems[at], batch.raw[at]];
      entries.push({ line, email: email ?? null, problem: problem ?? null, raw: raw ?? null });
    }
    checkpoints.push(batch.checkpoint);
  }
  return { entries, checkpoints };
}

/** "1 ada@acme.test" of what is good, "2 ! bad" of what is not. */
export async function told(file: Buffer | string, size?: number): Promise<string[]> {
  const { entries } = await read(file, { size });
  return entries.map(({ line, email, problem }) => `${line} ${problem === null ? "" : "! "}${email}`);
}
