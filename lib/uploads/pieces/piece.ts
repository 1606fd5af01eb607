import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { openBytes, sealBytes } from "#lib/secrets/seal.ts";

/** Bytes of the original in every piece but the last. */
export const pieceBytes = 1024 * 1024;

export interface UploadKey {
  accountId: string;
  id: string;
  key: Buffer;
}

const pack = promisify(gzip);
const unpack = promisify(gunzip);

export async function sealPiece(upload: UploadKey, seq: number, piece: Buffer): Promise<Buffer> {
  return sealBytes(upload.key, await pack(piece, { level: 1 }), place(upload, seq));
}

/** Throws when the piece was changed or stands in another's place. */
export function openPiece(upload: UploadKey, seq: number, sealed: Uint8Array): Promise<Buffer> {
  return unpack(openBytes(upload.key, sealed, place(upload, seq)), { maxOutputLength: pieceBytes });
}

export function keyContext(accountId: string, uploadId: string): string {
  return `upload-key ${accountId} ${uploadId}`;
}

function place({ accountId, id }: UploadKey, seq: number): string {
  return `upload-piece ${accountId} ${id} ${seq}`;
}
