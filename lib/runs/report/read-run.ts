import { type SQL, sql } from "drizzle-orm";
import type { Assumed, RunProgress, RunView } from "../run-view.ts";
import { planSettings } from "../slice/plan-settings.ts";
import { undoes, undoneBy } from "../undo/undo-told.ts";
import { undoable } from "../undo/undoable.ts";

/** Everything a page tells of a run, one row a run; `where` and what follows is the caller's. */
export const selectRuns = (rest: SQL): SQL => sql`
  select r.*, u.file_name, u.size as file_size, u.sha256,
    r.kind <> 'undo' and r.state = 'planned' and r.mode = 'check' and r.planned_at > now() - interval '60 minutes'
      and r.created + r.updated + r.deleted + r.activated + r.waiting > 0
      and r.planned_under = ${planSettings}
      and (r.target is null or r.settings_version = (select d.version from directories d where d.account_id = r.account_id and d.id = r.target))
      as applicable,
    run_lines_gone(r.id) as lines_gone,
    extract(epoch from now() - r.started_at) as seconds_running,
    coalesce(m.queued + m.sent + m.in_local_mailbox + m.failed + m.unknown + m.withdrawn, 0) as mails,
    coalesce(m.sent, 0) as mails_sent, coalesce(m.in_local_mailbox, 0) as mails_in_local_mailbox,
    coalesce(m.queued, 0) as mails_waiting, coalesce(m.failed + m.unknown, 0) as mails_not_sent,
    case when (r.state = 'reading' and r.read_at is not null) or (r.state = 'planned' and r.mode = 'apply') then (
      select count(*) from runs o where o.account_id = r.account_id and o.id <> r.id
        and o.read_at < r.read_at and o.state in ('reading', 'planning', 'applying')) end as runs_ahead,
    ${undoable} as undoable, ${undoneBy} as undone_by, ${undoes} as undoes_told
  from runs r
  left join uploads u on u.account_id = r.account_id and u.id = r.upload_id
  left join run_mail_counts m on m.account_id = r.account_id and m.run_id = r.id
  ${rest}`;

export type Row = Record<string, unknown>;

const instant = (value: unknown) => (value ? new Date(value as string) : null);

export const toRunView = (row: Row): RunView => ({
  id: row.id as string,
  kind: row.kind as RunView["kind"],
  mode: row.mode as RunView["mode"],
  state: row.state as RunView["state"],
  trigger: row.trigger as RunView["trigger"],
  removals: row.removals as RunView["removals"],
  removalBound: row.removal_bound as number | null,
  removalsDecided: row.removals_decided_at
    ? { by: row.removals_decided_by as string | null, at: new Date(row.removals_decided_at as string) }
    : null,
  fileName: (row.file_name as string | null) ?? null,
  fileSize: row.file_size === null ? null : Number(row.file_size),
  sha256: (row.sha256 as string | null) ?? null,
  assumed: toAssumed(row.assumed as Assumed | null),
  options: toOptions(row.options as Record<string, unknown>),
  requestedBy: row.requested_by_name as string,
  requestedAt: new Date(row.requested_at as string),
  startedAt: instant(row.started_at),
  finishedAt: instant(row.finished_at),
  cancelRequested: row.cancel_requested_at !== null,
  cancelRequestedBy: row.cancel_requested_by as string | null,
  applicable: row.applicable === true,
  linesGone: row.lines_gone === true,
  failure: row.failure
    ? { sentence: row.failure as string, reference: row.failure_reference as string }
    : null,
  counts: {
    rows: row.rows_read as number,
    created: row.created as number,
    updated: row.updated as number,
    deleted: row.deleted as number,
    activated: row.activated as number,
    unchanged: row.unchanged as number,
    skipped: row.skipped as number,
    failed: row.failed as number,
    waiting: row.waiting as number,
  },
  progress: progressOf(row),
  undoable: row.undoable === true,
  undoneBy: toUndoneBy(row.undone_by as UndoneBy | null),
  undoes: row.undoes_told as RunView["undoes"],
  mends: row.mends as string | null,
  settingsVersion: row.settings_version as number | null,
  span: row.span as RunView["span"],
  sync: row.kind === "directory_sync" ? toSyncNotes(row.options as Record<string, unknown>, row.same) : null,
  bulkChange: toBulkChange(row.kind, row.options as Record<string, unknown>),
});

const toBulkChange = (kind: unknown, { action, filter }: Record<string, unknown>): RunView["bulkChange"] =>
  kind === "bulk_change" ? { action: String(action), all: filter !== undefined } : null;

const toSyncNotes = (
  { rescoped, fell, countAgrees }: Record<string, unknown>,
  same: unknown,
): RunView["sync"] => ({
  unlisted: same as number,
  rescoped: rescoped === true,
  fell: fell === true,
  uncounted: countAgrees === false,
});

type UndoneBy = { runId: string; by: string; at: string | null };

const toUndoneBy = (told: UndoneBy | null): RunView["undoneBy"] => told && { ...told, at: instant(told.at) };

const toOptions = (options: Record<string, unknown>): RunView["options"] => ({
  createUnknown: options.createUnknown === true,
  clearWord: typeof options.clearWord === "string" ? options.clearWord : null,
  alert: options.alert === true,
  sendAgain: options.sendAgain === true,
});

/** Every column of the file is kept, for the failed rows; those that fill no field are told as ignored. */
const toAssumed = (assumed: Assumed | null): Assumed | null =>
  assumed && {
    ...assumed,
    headers: assumed.columns.map((column) => column.header),
    columns: assumed.columns.filter((column) => column.field !== ""),
  };

function progressOf(row: Row): RunProgress {
  const rowsRead = row.rows_read as number;
  const hasRead = row.read_at !== null;
  return {
    rowsRead,
    rowsTotal: hasRead ? rowsRead : null,
    planned: Math.min(row.planned_to as number, rowsRead),
    applied: Math.min(row.applied_to as number, rowsRead),
    mails: row.mails as number,
    mailsSent: row.mails_sent as number,
    mailsInLocalMailbox: row.mails_in_local_mailbox as number,
    mailsWaiting: row.mails_waiting as number,
    mailsNotSent: row.mails_not_sent as number,
    secondsLeft: secondsLeft(row, hasRead),
    queuePlace: row.runs_ahead === null ? null : Number(row.runs_ahead) + 1,
  };
}

// Shares of the whole time that reading, planning and applying take in a run of new people, as measured.
const shares = { reading: 0.25, planning: 0.25, applying: 0.5 };

function secondsLeft(row: Row, hasRead: boolean): number | null {
  const state = row.state as RunView["state"];
  if (!["reading", "planning", "applying"].includes(state) || row.runs_ahead !== null) return null;
  const last = Math.max(1, row.last_position as number);
  const read = hasRead ? 1 : shareRead(row);
  if (read === null) return null;
  const applied = row.mode === "apply" ? shares.applying * ((row.applied_to as number) / last) : 0;
  const done =
    shares.reading * read + (hasRead ? shares.planning * ((row.planned_to as number) / last) : 0) + applied;
  const whole = row.mode === "apply" ? 1 : shares.reading + shares.planning;
  const running = Number(row.seconds_running);
  return done < 0.03 || running < 1 ? null : Math.max(1, Math.round((running * (whole - done)) / done));
}

function shareRead(row: Row): number | null {
  const offset = (row.checkpoint as { offset?: number } | null)?.offset;
  return offset && Number(row.file_size) > 0 ? Math.min(1, offset / Number(row.file_size)) : null;
}
