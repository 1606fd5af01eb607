import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { openUpload } from "#lib/uploads/open-upload.ts";
import { lockOwnUpload } from "#lib/uploads/own-upload.ts";
import type { ImportField } from "./fields.ts";
import { columnLetter } from "./file/column-letter.ts";
import type { RosterLayout } from "./file/inspect-head.ts";
import type { StoredLayout } from "./file/map-layout.ts";
import { sampleCells } from "./file/sample-cells.ts";

export interface UploadToMap {
  id: string;
  fileName: string;
  /** Why a person has to map the columns; null when they may. */
  fault: string | null;
  columns: UploadColumn[];
}

export interface UploadColumn {
  /** As a spreadsheet names it: A, B … */
  letter: string;
  header: string;
  /** What the header means here; null: nothing. A password is never read, whatever a person chooses. */
  field: ImportField | "password" | null;
  /** Up to three cells, shortened. */
  samples: string[];
}

/** A file that waits for its import, as its own uploader sees it; null for everybody else and once it has a run. */
export async function findUpload(actor: UserActor, uploadId: string): Promise<UploadToMap | null> {
  authorize(actor, "imports.create");
  const upload = await withAccount(actor, (tx) =>
    lockOwnUpload<StoredLayout>(tx, actor, { kind: "roster", uploadId }),
  );
  const opened = upload && (await openUpload<RosterLayout>(actor.accountId, uploadId));
  if (!opened) return null;
  const { headers, columns } = upload.verdict;
  const head = { bytes: await firstOf(opened.read(0)), whole: upload.pieces === 1 };
  const samples = await sampleCells(head, upload.verdict);
  return {
    id: uploadId,
    fileName: upload.file_name,
    fault: upload.verdict.fault?.sentence ?? null,
    columns: headers.map((header, index) => ({
      letter: columnLetter(index),
      header,
      field: columns[index] ?? null,
      samples: samples[index] ?? [],
    })),
  };
}

async function firstOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  for await (const piece of pieces) return piece;
  return Buffer.alloc(0);
}
