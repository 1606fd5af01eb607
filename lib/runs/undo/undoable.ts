import { type SQL, sql } from "drizzle-orm";

/** Days after its end within which a run can be undone. */
export const undoDays = 30;

/** A mail that went out is out, and a link that was killed stays dead. */
export const canBeUndone: SQL = sql.raw(
  "r.kind in ('import', 'bulk_change', 'bulk_invite', 'directory_sync') and r.mode = 'apply' and coalesce(r.options->>'action', '') not in ('resend', 'revoke')",
);
export const isOver: SQL = sql.raw("r.state in ('completed', 'failed', 'cancelled')");
export const hasChanged: SQL = sql.raw("r.created + r.updated + r.deleted + r.activated > 0");
export const isRecent: SQL = sql.raw(`r.finished_at > now() - interval '${undoDays} days'`);

/** An undo of the run `r` that is or was carried out; one that ended before its end can be asked for again. */
export const takenBack: SQL =
  sql.raw(`select d.id from runs d where d.account_id = r.account_id and d.undoes = r.id
  and d.state not in ('failed', 'cancelled') and d.mode = 'apply'`);

/** Whether the run `r` can be undone now; requestUndo says which of these is in the way. */
export const undoable: SQL = sql`(${canBeUndone} and ${isOver} and ${hasChanged} and ${isRecent} and not exists (${takenBack}))`;
