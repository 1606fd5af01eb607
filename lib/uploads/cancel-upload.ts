import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { lockOwnUpload } from "./own-upload.ts";
import { deleteUpload } from "./pieces/upload-rows.ts";
import { type UploadKind, uploadOperations } from "./upload-kinds.ts";

/** Deletes a file that was not used; one that has a run already, is not the actor's or is gone stays as it is. */
export async function cancelUpload(actor: UserActor, kind: UploadKind, uploadId: string): Promise<void> {
  authorize(actor, uploadOperations[kind]);
  await withAccount(actor, async (tx) => {
    const upload = await lockOwnUpload(tx, actor, { kind, uploadId });
    if (!upload) return;
    await deleteUpload(tx, uploadId);
    await recordEvent(tx, actor, {
      action: "upload.cancelled",
      subjectKind: "upload",
      subjectId: uploadId,
      details: { name: upload.file_name },
    });
  });
}
