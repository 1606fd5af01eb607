import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import type { Assumed } from "#lib/runs/run-view.ts";
import { encodingNames } from "#lib/uploads/decode.ts";
import { lockOwnUpload } from "#lib/uploads/own-upload.ts";
import type { ListLayout } from "./list/list-layout.ts";

export type RequestedBulkInvite = { ok: true; runId: string } | { ok: false; reason: "no_such_upload" };

/** `sendAgain`: whoever has an open invitation is mailed it anew. */
type Request = { uploadId: string; sendAgain: boolean };

/** Starts a run that invites everybody on a list that was accepted. A file serves one run only. */
export async function requestBulkInvite(
  actor: UserActor,
  { uploadId, sendAgain }: Request,
): Promise<RequestedBulkInvite> {
  authorize(actor, "bulk_invites.create");
  return withAccount(actor, async (tx) => {
    const upload = await lockOwnUpload<ListLayout>(tx, actor, { kind: "addresses", uploadId });
    if (!upload) return { ok: false, reason: "no_such_upload" };
    const runId = await requestRun(tx, actor, {
      kind: "bulk_invite",
      mode: "apply",
      uploadId,
      options: sendAgain ? { sendAgain } : {},
      assumed: toAssumed(upload.verdict),
    });
    return { ok: true, runId };
  });
}

const toAssumed = ({ encoding, header }: ListLayout): Assumed => ({
  encoding: encodingNames[encoding],
  delimiter: "",
  header,
  columns: [{ header: "Email ID", field: "Email ID" }],
  ignored: [],
  absent: [],
});
