import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { open } from "#lib/secrets/seal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { keyContext, openPiece, pieceBytes, type UploadKey } from "./pieces/piece.ts";

export interface OpenedUpload<Layout> {
  layout: Layout;
  /** The bytes of the original from this one on. Throws when a piece is missing or was changed. */
  read(from: number): AsyncGenerator<Buffer>;
}

type Row = { pieces: number; verdict: unknown; sealed_key: string };

/** Null when the file is not complete, or not here any more. */
export async function openUpload<Layout>(
  accountId: string,
  uploadId: string,
): Promise<OpenedUpload<Layout> | null> {
  const [row] = await withAccount({ accountId }, (tx) =>
    tx.execute<Row>(sql`
      select pieces, verdict, sealed_key from uploads where id = ${uploadId} and state = 'complete'`),
  );
  if (!row) return null;
  const key = open(secretKeys(), row.sealed_key, keyContext(accountId, uploadId));
  const upload = { accountId, id: uploadId, key };
  return { layout: row.verdict as Layout, read: (from) => readPieces(upload, row.pieces, from) };
}

/** The next piece is fetched while one is in use. */
async function* readPieces(upload: UploadKey, pieces: number, from: number): AsyncGenerator<Buffer> {
  const first = Math.floor(from / pieceBytes);
  let next = first < pieces ? fetchPiece(upload, first) : null;
  for (let seq = first; next; seq++) {
    const piece: Buffer = await next;
    next = seq + 1 < pieces ? fetchPiece(upload, seq + 1) : null;
    next?.catch(() => {});
    yield seq === first ? piece.subarray(from % pieceBytes) : piece;
  }
}

async function fetchPiece(upload: UploadKey, seq: number): Promise<Buffer> {
  const [row] = await withAccount(upload, (tx) =>
    tx.execute<{ body: Uint8Array }>(sql`
      select body from upload_pieces where upload_id = ${upload.id} and seq = ${seq}`),
  );
  if (!row) throw new Error(`piece ${seq} of upload ${upload.id} is missing`);
  return openPiece(upload, seq, row.body);
}
