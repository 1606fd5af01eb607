import { randomBytes } from "node:crypto";
import { acceptAddressList } from "#lib/bulk-invites/accept-address-list.ts";
import { bulkInviteKind } from "#lib/bulk-invites/bulk-invite-kind.ts";
import { requestBulkInvite } from "#lib/bulk-invites/request-bulk-invite.ts";
import { openUndoing } from "../runs/undo-run.ts";
import { pieces } from "../uploads/byte-streams.ts";

export type Inviting = Awaited<ReturnType<typeof openInviting>>;

/** A roster with bulk invites, from the bytes of a file to the end of the run, by the code that web and worker run. */
export async function openInviting() {
  process.env.ROLLCALL_SECRET_KEYS = `k1:${randomBytes(32).toString("base64")}`;
  const undoing = await openUndoing();
  const { acme, actor } = undoing;
  const request = (text: string, sendAgain = false) =>
    undoing.as("app", async () => {
      const bytes = pieces(text.replaceAll("acme.test", acme.domain));
      const upload = await acceptAddressList(actor, { fileName: "people.txt", bytes });
      if (!upload.ok) throw new Error(upload.sentence);
      const asked = await requestBulkInvite(actor, { uploadId: upload.uploadId, sendAgain });
      if (!asked.ok) throw new Error(asked.reason);
      return asked.runId;
    });
  const work = async (runId: string) => {
    for (let slices = 0; slices < 20; slices++) {
      await undoing.slice(runId, bulkInviteKind);
      if (["completed", "failed", "cancelled"].includes((await undoing.run(runId)).state)) return;
    }
    throw new Error("the run does not end");
  };
  const invite = async (text: string, sendAgain = false) => {
    const runId = await request(text, sendAgain);
    await work(runId);
    return runId;
  };
  return {
    ...undoing,
    requestInvite: request,
    workInvite: work,
    invite,
    /** "2 failed: Already a user." */
    lines: async (runId: string) =>
      (await undoing.entries(runId)).map(({ line, outcome, reason }) =>
        `${line} ${outcome}${reason === null ? "" : `: ${reason}`}`.replaceAll(acme.domain, "acme.test"),
      ),
    invitation: async (name: string) =>
      (
        await undoing.sql`select * from invitations where account_id = ${acme.id}
          and email = ${`${name}@${acme.domain}`} order by id desc limit 1`
      )[0],
    keysOf: async (name: string) =>
      (
        await undoing.sql`select key, generation, state from emails where account_id = ${acme.id}
          and recipient = ${`${name}@${acme.domain}`} order by id`
      ).map(
        ({ key, generation, state }) => `${key.split(":")[0]} ${key.split(":")[2]} ${generation} ${state}`,
      ),
  };
}
