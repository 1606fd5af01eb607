import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { seal } from "#lib/secrets/seal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";
import { keyContext, type UploadKey } from "./piece.ts";

interface Uploader {
  accountId: string;
  userId: string;
}

export interface ReceivedFile {
  size: number;
  pieces: number;
  sha256: string;
  /** Plain data. */
  layout: object;
}

/** The row of a file that is about to come in, with a key of its own. */
export async function beginUpload({ accountId, userId }: Uploader, fileName: string): Promise<UploadKey> {
  const key = randomBytes(32);
  const id = await withAccount({ accountId }, async (tx) => {
    const [made] = await tx.execute<{ id: string }>(sql`select uuid_v7() as id`);
    const uploadId = made?.id ?? "";
    const sealedKey = seal(secretKeys(), key, keyContext(accountId, uploadId));
    await tx.execute(sql`
      insert into uploads (account_id, id, file_name, sealed_key, created_by)
      values (${accountId}, ${uploadId}, ${fileName}, ${sealedKey}, ${userId})`);
    return uploadId;
  });
  return { accountId, id, key };
}

export function insertPiece({ accountId, id }: UploadKey, seq: number, body: Buffer): Promise<void> {
  return withAccount({ accountId }, async (tx) => {
    await tx.execute(sql`
      insert into upload_pieces (account_id, upload_id, seq, body) values (${accountId}, ${id}, ${seq}, decode(${body.toString("base64")}, 'base64'))`);
  });
}

export function completeUpload(actor: UserActor, { id }: UploadKey, file: ReceivedFile): Promise<void> {
  return withAccount(actor, async (tx) => {
    const [upload] = await tx.execute<{ file_name: string }>(sql`
      update uploads set state = 'complete', size = ${file.size}, pieces = ${file.pieces}, sha256 = ${file.sha256},
        verdict = ${JSON.stringify(file.layout)}::jsonb
      where id = ${id} returning file_name`);
    const { size, sha256 } = file;
    await recordEvent(tx, actor, {
      action: "upload.received",
      subjectKind: "upload",
      subjectId: id,
      details: { name: upload?.file_name, size, sha256 },
    });
  });
}

export function discardUpload({ accountId, id }: Pick<UploadKey, "accountId" | "id">): Promise<void> {
  return withAccount({ accountId }, (tx) => deleteUpload(tx, id));
}

export async function deleteUpload(tx: Transaction, id: string): Promise<void> {
  await tx.execute(sql`delete from upload_pieces where upload_id = ${id}`);
  await tx.execute(sql`delete from uploads where id = ${id}`);
}
