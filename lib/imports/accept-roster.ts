import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { acceptUpload, type IncomingFile, type Upload } from "#lib/uploads/accept-upload.ts";
import { rosterReading } from "./file/roster-reading.ts";

/** Stores a file of people for an import. One that only lacks a mapping of its columns is kept as well. */
export async function acceptRoster(actor: UserActor, file: IncomingFile): Promise<Upload> {
  authorize(actor, "imports.create");
  return acceptUpload(actor, file, rosterReading);
}
