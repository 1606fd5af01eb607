import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { discardUpload as discard } from "./pieces/upload-rows.ts";
import { type UploadKind, uploadOperations } from "./upload-kinds.ts";

/** Deletes a file that nobody has seen yet, for what it was made for did not come about. */
export function discardUpload(actor: UserActor, kind: UploadKind, uploadId: string): Promise<void> {
  authorize(actor, uploadOperations[kind]);
  return discard({ accountId: actor.accountId, id: uploadId });
}
