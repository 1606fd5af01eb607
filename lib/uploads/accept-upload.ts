import { setTimeout } from "node:timers/promises";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { FileFault } from "./file-fault.ts";
import type { FileReading } from "./file-reading.ts";
import type { UploadKey } from "./pieces/piece.ts";
import { receiveFile } from "./pieces/receive-file.ts";
import { beginUpload, completeUpload, discardUpload } from "./pieces/upload-rows.ts";
import { uploadOperations } from "./upload-kinds.ts";

export interface IncomingFile {
  /** As the browser says. */
  fileName: string;
  bytes: AsyncIterable<Buffer>;
}

export interface AcceptedUpload {
  ok: true;
  uploadId: string;
  /** Bytes of the file, and their SHA-256 in hex. */
  size: number;
  sha256: string;
}

/** The file is kept: a person can put right what is wrong. */
export interface FaultyUpload extends FileFault {
  uploadId: string;
}

const longestName = 200;

export type Upload = AcceptedUpload | FaultyUpload | (FileFault & { uploadId?: undefined });

/**
 * Stores a file, compressed and sealed, in constant memory. Nothing is left of a file that is refused or whose bytes end
 * in an error; that error is thrown on. What a person can put right is kept.
 */
export async function acceptUpload<Layout extends object>(
  actor: UserActor,
  file: IncomingFile,
  reading: FileReading<Layout>,
): Promise<Upload> {
  authorize(actor, uploadOperations[reading.kind]);
  const upload = await beginUpload(actor, plainName(file.fileName));
  try {
    const received = await receiveFile(upload, file.bytes, reading);
    if (!received.ok) {
      await discardUpload(upload);
      return received;
    }
    await completeUpload(actor, upload, received);
    if (received.fault) return { ...received.fault, uploadId: upload.id };
    return { ok: true, uploadId: upload.id, size: received.size, sha256: received.sha256 };
  } catch (error) {
    discardWhenPossible(upload).catch(() => {});
    throw error;
  }
}

const retryAfterMs = [0, 1_000, 5_000, 30_000, 120_000];

/** When it is the database that was gone, it may be back soon; if not, the worker's sweep takes what is left. */
async function discardWhenPossible(upload: UploadKey): Promise<void> {
  for (const wait of retryAfterMs) {
    await setTimeout(wait, null, { ref: false });
    const done = await discardUpload(upload).then(
      () => true,
      () => false,
    );
    if (done) return;
  }
}

/** Some browsers send a path; nothing that would break a log line, a header or a table gets in. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? "";
  const shown = last.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "").trim();
  return [...shown].slice(0, longestName).join("") || "file.csv";
}
