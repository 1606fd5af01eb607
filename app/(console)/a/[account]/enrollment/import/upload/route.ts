import { cutOff, uploadRoute, type Went } from "#app/_web/upload-route.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { readOptions } from "#lib/imports/read-options.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import type { Upload } from "#lib/uploads/accept-upload.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { withOptions } from "../kept-options.ts";

type Form = { taken: { name: string; upload: Upload }; fields: Record<string, string> };

const unknownMode =
  "It was not said what to do with the file. Choose Check File, Import File or Map columns.";

export const POST = uploadRoute({
  kind: "roster",
  page: "enrollment/import",
  title: "Import",
  take: async (actor, { name, bytes }) => ({
    name,
    upload: await acceptRoster(actor, { fileName: name, bytes }),
  }),
  answer,
  back: withOptions,
});

async function answer(actor: UserActor, page: string, { taken, fields }: Form): Promise<Went> {
  const { name, upload } = taken;
  const { uploadId } = upload;
  const back = withOptions(page, fields);
  if (uploadId === undefined) {
    const link =
      upload.belongsTo === "bulk_invite" && isAllowed(actor, "bulk_invites.create")
        ? { text: "Bulk Invite", href: page.replace(/import$/, "bulk-invite") }
        : undefined;
    return { to: back, sentence: `${name} was not taken. ${upload.sentence}`, link };
  }
  const read = readOptions(fields);
  if (!read.ok || !isMode(fields.mode)) {
    await cancelUpload(actor, "roster", uploadId);
    return { to: back, sentence: read.ok ? unknownMode : read.sentence };
  }
  const map = withOptions(`${page}/map`, fields, { upload: uploadId });
  if (fields.mode === "map" || !upload.ok) return { to: map };
  const requested = await requestImport(actor, { uploadId, mode: fields.mode, options: read.options });
  return requested.ok ? { to: `${page}?run=${requested.runId}` } : { to: back, sentence: cutOff };
}

const isMode = (mode: string | undefined): mode is "check" | "apply" | "map" =>
  mode === "check" || mode === "apply" || mode === "map";
