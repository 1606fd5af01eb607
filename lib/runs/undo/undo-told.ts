import { type SQL, sql } from "drizzle-orm";
import { takenBack } from "./undoable.ts";

/** Of a run `r`: the undo that takes it back, as JSON. */
export const undoneBy: SQL = sql`(select jsonb_build_object('runId', b.id, 'by', b.requested_by_name, 'at', b.finished_at)
  from runs b where b.account_id = r.account_id and b.id = (${takenBack}))`;

/** Of an undo `r`: what it takes back, as JSON. */
export const undoes: SQL =
  sql.raw(`(select jsonb_build_object('runId', o.id, 'fileName', f.file_name, 'kind', o.kind, 'action', o.options->>'action')
  from runs o left join uploads f on f.account_id = o.account_id and f.id = o.upload_id
  where o.account_id = r.account_id and o.id = r.undoes)`);
