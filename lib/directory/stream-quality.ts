import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { csvRecord } from "#lib/csv/csv-record.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { type SelectedRow, selectRows } from "./quality/select-rows.ts";
import type { QualityKind } from "./quality-kinds.ts";

const pageSize = 2_000;

/** The same as CSV text, a page at a time: no statement stays open between pages. */
export async function* streamQuality(actor: Actor, kind: QualityKind): AsyncGenerator<string> {
  authorize(actor, "directory.view");
  yield `\u{feff}${csvRecord([kind === "shared_mail" ? "Address" : "Entry", "Details", "Person"])}`;
  let after: string | undefined;
  for (;;) {
    const [rows]: [SelectedRow[]] = await readAccount<[SelectedRow]>(
      actor,
      selectRows(actor.accountId, kind, { after }, pageSize),
    );
    yield rows.map(record).join("");
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.key;
  }
}

const record = ({ name, detail, person_id, person_name }: SelectedRow): string =>
  csvRecord([name, detail, person_id && person_name]);
