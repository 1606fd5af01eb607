import { createHash } from "node:crypto";
import type { FileFault } from "../file/file-fault.ts";
import { inspectBytes } from "../file/inspect-bytes.ts";
import { type HeadFault, inspectHead, type RosterLayout } from "../file/inspect-head.ts";
import { aFewAtOnce } from "./a-few-at-once.ts";
import { inPieces } from "./in-pieces.ts";
import type { MappingFault, StoredLayout } from "./map-layout.ts";
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
  const layout = layoutOf(found);
  if (!layout) return found as FileFault;
  return { ok: true, pieces, size, sha256: hash.digest("hex"), layout };
}

/** A fault that a person can mend by mapping the columns goes with the layout; any other refuses the file. */
function layoutOf(found: { ok: true; layout: RosterLayout } | HeadFault): StoredLayout | null {
  if (found.ok || !found.layout) return found.layout ?? null;
  const reason = found.reason as MappingFault["reason"];
  return { ...found.layout, fault: { reason, sentence: found.sentence } };
}

async function writePiece(upload: UploadKey, seq: number, piece: Buffer): Promise<void> {
  await aFewAtOnce(async () => insertPiece(upload, seq, await sealPiece(upload, seq, piece)));
}
