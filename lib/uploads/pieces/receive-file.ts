import { createHash } from "node:crypto";
import type { FileFault } from "../file-fault.ts";
import type { FileReading } from "../file-reading.ts";
import { inspectBytes } from "../inspect-bytes.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import { inPieces } from "./in-pieces.ts";
import { sealPiece, type UploadKey } from "./piece.ts";
import { insertPiece, type ReceivedFile } from "./upload-rows.ts";

/** Stores the pieces of a file while it comes in: one is written while the next fills up. Memory: a few pieces. */
export async function receiveFile<Layout extends object>(
  upload: UploadKey,
  bytes: AsyncIterable<Buffer>,
  reading: FileReading<Layout>,
): Promise<({ ok: true; fault: FileFault | null } & ReceivedFile) | FileFault> {
  const inspector = inspectBytes(reading.words);
  const hash = createHash("sha256");
  let writing = Promise.resolve();
  let [pieces, size] = [0, 0];
  try {
    for await (const piece of inPieces(bytes)) {
      const fault = inspector.feed(piece);
      if (fault) return fault;
      hash.update(piece);
      size += piece.length;
      await writing;
      writing = writePiece(upload, pieces++, piece);
      // It is awaited in the next turn; till then nobody else would hear of its failure.
      writing.catch(() => {});
    }
    await writing;
  } finally {
    // What is still being written must not arrive after the pieces were deleted.
    await writing.catch(() => {});
  }
  const verdict = inspector.verdict();
  const found = verdict.ok ? reading.inspectHead(inspector.head(), verdict) : verdict;
  const file = { pieces, size, sha256: hash.digest("hex") };
  if (found.ok) return { ok: true, fault: null, layout: found.layout, ...file };
  const { layout, ...fault } = { layout: undefined, ...found };
  return layout ? { ok: true, fault, layout, ...file } : fault;
}

async function writePiece(upload: UploadKey, seq: number, piece: Buffer): Promise<void> {
  await aFewAtOnce(async () => insertPiece(upload, seq, await sealPiece(upload, seq, piece)));
}
