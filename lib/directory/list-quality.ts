import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Page, pageOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { type Cursor, type SelectedRow, selectRows, toQualityRow } from "./quality/select-rows.ts";
import type { QualityKind, QualityRow } from "./quality-kinds.ts";

const pageSize = 50;

export type QualityPage = Page<QualityRow>;

/** Who is behind one of the counts, 50 a page. */
export async function listQuality(actor: Actor, kind: QualityKind, cursor: Cursor): Promise<QualityPage> {
  authorize(actor, "directory.view");
  const [rows] = await readAccount<[SelectedRow]>(
    actor,
    selectRows(actor.accountId, kind, cursor, pageSize + 1),
  );
  return pageOf(rows.map(toQualityRow), pageSize, cursor, ({ key }) => key);
}
