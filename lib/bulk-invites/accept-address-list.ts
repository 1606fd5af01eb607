import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { acceptUpload, type IncomingFile, type Upload } from "#lib/uploads/accept-upload.ts";
import { addressListReading } from "./list/address-list-reading.ts";

/** Stores a list of addresses for a bulk invite. */
export async function acceptAddressList(actor: UserActor, file: IncomingFile): Promise<Upload> {
  authorize(actor, "bulk_invites.create");
  return acceptUpload(actor, file, addressListReading);
}
