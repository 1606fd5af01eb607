import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { UploadKind } from "./upload-kinds.ts";

/** `verdict` is its layout. */
export type OwnUpload<Layout> = { file_name: string; pieces: number; verdict: Layout };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The actor's own upload of this kind that no run has yet, locked; null when there is none such. */
export async function lockOwnUpload<Layout>(
  tx: Transaction,
  actor: UserActor,
  { kind, uploadId }: { kind: UploadKind; uploadId: string },
): Promise<OwnUpload<Layout> | null> {
  if (!uuid.test(uploadId)) return null;
  const [upload] = await tx.execute<OwnUpload<Layout>>(sql`
    select file_name, pieces, verdict from uploads
    where id = ${uploadId} and state = 'complete' and coalesce(verdict->>'kind', 'roster') = ${kind} and created_by = ${actor.userId} for update`);
  // Asked behind the lock: in one statement with it, requests at once would all see that there is no run yet.
  const runs = await tx.execute(sql`select 1 from runs where upload_id = ${uploadId}`);
  return upload && runs.length === 0 ? upload : null;
}
