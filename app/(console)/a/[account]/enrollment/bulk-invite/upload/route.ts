import { cutOff, uploadRoute, type Went } from "#app/_web/upload-route.ts";
import { withQuery } from "#app/_web/with-query.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { acceptAddressList } from "#lib/bulk-invites/accept-address-list.ts";
import { requestBulkInvite } from "#lib/bulk-invites/request-bulk-invite.ts";
import type { Upload } from "#lib/uploads/accept-upload.ts";

type Form = { taken: { name: string; upload: Upload }; fields: Record<string, string> };

export const POST = uploadRoute({
  kind: "addresses",
  page: "enrollment/bulk-invite",
  title: "Bulk Invite",
  take: async (actor, { name, bytes }) => ({
    name,
    upload: await acceptAddressList(actor, { fileName: name, bytes }),
  }),
  answer,
  back,
});

async function answer(actor: UserActor, page: string, { taken, fields }: Form): Promise<Went> {
  const { name, upload } = taken;
  if (!upload.ok) {
    const link =
      upload.belongsTo === "import" && isAllowed(actor, "imports.create")
        ? { text: "Import", href: page.replace(/bulk-invite$/, "import") }
        : undefined;
    return { to: back(page, fields), sentence: `${name} was not taken. ${upload.sentence}`, link };
  }
  const { uploadId } = upload;
  const requested = await requestBulkInvite(actor, { uploadId, sendAgain: fields.sendAgain === "on" });
  if (!requested.ok) return { to: back(page, fields), sentence: cutOff };
  return { to: `${page}?run=${requested.runId}` };
}

function back(page: string, { sendAgain }: Record<string, string>): string {
  return withQuery(page, { sendAgain: sendAgain === "on" ? "on" : null });
}
