import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { type MendedRows, markMended } from "#lib/runs/mark-mended.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import type { Assumed } from "#lib/runs/run-view.ts";
import { encodingNames } from "#lib/uploads/decode.ts";
import { lockOwnUpload } from "#lib/uploads/own-upload.ts";
import { fieldLabel } from "./fields.ts";
import type { RosterLayout } from "./file/inspect-head.ts";
import { type ChosenColumns, type MappedLayout, mapLayout, type StoredLayout } from "./file/map-layout.ts";
import type { ImportOptions } from "./read-options.ts";

export type RequestedImport =
  | { ok: true; runId: string }
  | { ok: false; reason: "no_such_upload" }
  | Extract<MappedLayout, { ok: false }>;

type Request = {
  uploadId: string;
  mode: "check" | "apply";
  options?: ImportOptions;
  /** What a person chose instead of what the headers say. */
  columns?: ChosenColumns;
  /** Failed lines that the file tries again; throws MendedAlready. */
  mends?: MendedRows;
};

/** Starts a run over a file that was accepted: its row and its job, together. A file serves one run only. */
export async function requestImport(
  actor: UserActor,
  { uploadId, mode, options, columns, mends }: Request,
): Promise<RequestedImport> {
  authorize(actor, "imports.create");
  return withAccount(actor, async (tx) => {
    const upload = await lockOwnUpload<StoredLayout>(tx, actor, { kind: "roster", uploadId });
    if (!upload) return { ok: false, reason: "no_such_upload" };
    const mapped = mapLayout(upload.verdict, columns);
    if (!mapped.ok) return mapped;
    if (columns) await keepColumns(tx, actor, { uploadId, name: upload.file_name }, mapped.layout);
    const runId = await requestRun(tx, actor, {
      kind: "import",
      mode,
      uploadId,
      options: mends ? await optionsOf(tx, mends.runId) : onlyChosen(options),
      assumed: toAssumed(mapped.layout),
      mends: mends?.runId ?? null,
    });
    if (mends) await markMended(tx, actor, mends, runId);
    return { ok: true, runId };
  });
}

async function keepColumns(
  tx: Transaction,
  actor: UserActor,
  { uploadId, name }: { uploadId: string; name: string },
  layout: RosterLayout,
): Promise<void> {
  await tx.execute(sql`update uploads set verdict = ${JSON.stringify(layout)}::jsonb where id = ${uploadId}`);
  const read = toAssumed(layout).columns.filter(({ field }) => field !== "");
  await recordEvent(tx, actor, {
    action: "upload.mapped",
    subjectKind: "upload",
    subjectId: uploadId,
    details: { name, columns: read.map(({ header, field }) => `${header} → ${field}`) },
  });
}

/** What is not chosen is left out. */
function onlyChosen(options?: ImportOptions): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options ?? {}).filter(([, value]) => value));
}

/** Mended lines mean what they meant before. */
async function optionsOf(tx: Transaction, runId: string): Promise<Record<string, unknown>> {
  const [run] = await tx.execute<{ options: Record<string, unknown> }>(
    sql`select options - 'checked' - 'confirmedBy' as options from runs where id = ${runId}`,
  );
  return run?.options ?? {};
}

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
