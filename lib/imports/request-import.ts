import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import type { Assumed } from "#lib/runs/run-view.ts";
import { fieldLabel } from "./fields.ts";
import type { RosterLayout } from "./file/inspect-head.ts";

export type RequestedImport = { ok: true; runId: string } | { ok: false; reason: "no_such_upload" };

/** Starts a run over a file that was accepted: its row and its job, together. A file serves one run only. */
export async function requestImport(
  actor: UserActor,
  { uploadId, mode }: { uploadId: string; mode: "check" | "apply" },
): Promise<RequestedImport> {
  authorize(actor, "imports.create");
  return withAccount(actor, async (tx) => {
    const [upload] = await tx.execute<{ verdict: RosterLayout }>(sql`
      select verdict from uploads
      where id = ${uploadId} and state = 'complete' and created_by = ${actor.userId} for update`);
    // Asked behind the lock: in one statement with it, requests at once would all see that there is no run yet.
    const runs = await tx.execute(sql`select 1 from runs where upload_id = ${uploadId}`);
    if (!upload || runs.length > 0) return { ok: false, reason: "no_such_upload" };
    const assumed = toAssumed(upload.verdict);
    const runId = await requestRun(tx, actor, { kind: "import", mode, uploadId, options: {}, assumed });
    return { ok: true, runId };
  });
}

const encodingNames: Record<RosterLayout["encoding"], string> = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16 (big-endian)",
  "windows-1252": "Windows-1252",
};

/** All columns, also those that are not read: failed rows are given back with them. */
function toAssumed(layout: RosterLayout): Assumed {
  const { encoding, delimiter, headers, columns, ignored, absent, suite, flat, start } = layout;
  const named = headers.map((header, index) => {
    const column = columns[index] ?? null;
    return { header, field: column === null || column === "password" ? "" : fieldLabel(column) };
  });
  return {
    encoding: encodingNames[encoding],
    delimiter,
    suite,
    flat,
    linesBefore: start.record - 1,
    columns: named,
    ignored,
    absent,
  };
}
