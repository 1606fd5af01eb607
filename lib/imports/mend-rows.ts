import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { type FailedRow, type FailedRows, listFailedRows } from "#lib/runs/list-failed-rows.ts";
import { MendedAlready } from "#lib/runs/mark-mended.ts";
import { discardUpload } from "#lib/uploads/discard-upload.ts";
import { acceptRoster } from "./accept-roster.ts";
import { isBlank, type MendedRow, mendedFile } from "./mend/mended-file.ts";
import { requestImport } from "./request-import.ts";

type Request = { runId: string; mode: "check" | "apply"; rows: MendedRow[] };

export type Mended =
  | { ok: true; runId: string }
  | { ok: false; reason: "no_rows" | "not_failed" }
  | { ok: false; reason: "surplus" | "blank" | "mended_already"; lines: number[] }
  | { ok: false; reason: "file"; sentence: string };

/** Makes a file of failed lines as they were corrected, and a run of its own over it. All of them or none. */
export async function mendRows(actor: UserActor, { runId, mode, rows }: Request): Promise<Mended> {
  authorize(actor, "imports.create");
  if (rows.length === 0) return { ok: false, reason: "no_rows" };
  const positions = rows.map(({ position }) => position);
  const [run, failed] = await Promise.all([
    findRun(actor, runId),
    listFailedRows(actor, { runId, only: positions }),
  ]);
  if (!run || failed.rows.length !== rows.length) return { ok: false, reason: "not_failed" };
  const refused = refusalOf(rows, failed);
  if (refused) return refused;
  const upload = await acceptRoster(actor, {
    fileName: `${run.fileName ?? "people.csv"} (mended)`,
    bytes: once(mendedFile(failed, rows)),
  });
  if (!upload.ok) return { ok: false, reason: "file", sentence: upload.sentence };
  const { uploadId } = upload;
  try {
    const requested = await requestImport(actor, { uploadId, mode, mends: { runId, positions } });
    return requested.ok ? requested : { ok: false, reason: "not_failed" };
  } catch (error) {
    await discardUpload(actor, "roster", uploadId);
    if (!(error instanceof MendedAlready)) throw error;
    return { ok: false, reason: "mended_already", lines: linesOf(failed.rows, new Set(error.positions)) };
  }
}

/** What is wrong with the rows themselves, before anything is stored. */
function refusalOf(rows: MendedRow[], failed: FailedRows): Extract<Mended, { lines: number[] }> | null {
  const where = (is: (row: MendedRow) => boolean) =>
    linesOf(failed.rows, new Set(rows.filter(is).map(({ position }) => position)));
  const mended = failed.rows.filter(({ mendedIn }) => mendedIn).map(({ line }) => line);
  if (mended.length > 0) return { ok: false, reason: "mended_already", lines: mended };
  const surplus = where((row) => row.surplus.trim() !== "");
  if (surplus.length > 0) return { ok: false, reason: "surplus", lines: surplus };
  // A blank record is none: it would be passed over in silence.
  const blank = where((row) => isBlank(failed.columns, row));
  return blank.length > 0 ? { ok: false, reason: "blank", lines: blank } : null;
}

const linesOf = (rows: FailedRow[], positions: ReadonlySet<number>): number[] =>
  rows.filter(({ position }) => positions.has(position)).map(({ line }) => line);

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}
