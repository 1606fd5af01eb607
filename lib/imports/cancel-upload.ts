import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { lockOwnUpload } from "./upload/own-upload.ts";
import { deleteUpload } from "./upload/upload-rows.ts";

/** Deletes a file that was not imported; one that has a run already, is not the actor's or is gone stays as it is. */
export async function cancelUpload(actor: UserActor, uploadId: string): Promise<void> {
  authorize(actor, "imports.create");
  await withAccount(actor, async (tx) => {
    const upload = await lockOwnUpload(tx, actor, uploadId);
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
