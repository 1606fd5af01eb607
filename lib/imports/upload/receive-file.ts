import { createHash } from "node:crypto";
import type { FileFault } from "../file/file-fault.ts";
import { inspectBytes } from "../file/inspect-bytes.ts";
import { inspectHead } from "../file/inspect-head.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import { inPieces } from "./in-pieces.ts";
import { sealPiece, type UploadKey } from "./piece.ts";
import { insertPiece, type ReceivedFile } from "./upload-rows.ts";

/** Stores the pieces of a file while it comes in: one is written while the next fills up. Memory: a few pieces. */
export async function receiveFile(
  upload: UploadKey,
  bytes: AsyncIterable<Buffer>,
): Promise<({ ok: true } & ReceivedFile) | FileFault> {
  const inspector = inspectBytes();
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
  const found = verdict.ok ? inspectHead(inspector.head(), verdict) : verdict;
  return found.ok ? { ok: true, pieces, size, sha256: hash.digest("hex"), layout: found.layout } : found;
}

async function writePiece(upload: UploadKey, seq: number, piece: Buffer): Promise<void> {
  await aFewAtOnce(async () => insertPiece(upload, seq, await sealPiece(upload, seq, piece)));
}
