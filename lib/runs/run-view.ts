import type { RunKindName } from "./run-kind.ts";

export type RunState =
  | "mapping"
  | "queued"
  | "reading"
  | "planning"
  | "planned"
  | "applying"
  | "completed"
  | "failed"
  | "cancelled";

export type RunCounts = {
  rows: number;
  created: number;
  updated: number;
  deleted: number;
  activated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  /** Removals that wait for approval. */
  waiting: number;
};

/** What was taken for granted of a file, told before and after the run. */
export type Assumed = {
  encoding: string;
  delimiter: string;
  /** The suite whose user file it is, by its headers. */
  suite?: string | null;
  /** The first line goes on with data behind the names; the whole file is cut every so many fields. */
  flat?: boolean;
  /** Of a list of addresses: the line above them, or null. */
  header?: string | null;
  /** Lines before the header that were passed over. */
  linesBefore?: number;
  columns: { header: string; field: string }[];
  /** All headers of the file, in its order; set when read. */
  headers?: string[];
  ignored: string[];
  absent: string[];
};

export type RunProgress = {
  rowsRead: number;
  /** Null while the file is still being read. */
  rowsTotal: number | null;
  planned: number;
  applied: number;
  /** All mails that the run caused. */
  mails: number;
  /** Those that the provider took. */
  mailsSent: number;
  mailsInLocalMailbox: number;
  /** Still to be sent. */
  mailsWaiting: number;
  /** Refused by the provider, or without an answer that could be trusted. */
  mailsNotSent: number;
  /** Null when it cannot be told yet, and once the run has ended. */
  secondsLeft: number | null;
  /** 1: next after the run that changes the account now. Null when it does not wait. */
  queuePlace: number | null;
};

/** What a run of a directory came upon. */
export type SyncNotes = {
  /** People of whom nothing had changed: they are counted, and have no line. */
  unlisted: number;
  /** It was the first under other settings, so that nobody was removed unasked. */
  rescoped: boolean;
  /** It met a tenth fewer people than the complete run before. */
  fell: boolean;
  /** A second count did not agree with the first: who was missing was not taken for gone. */
  uncounted: boolean;
};

export type RunView = {
  id: string;
  kind: RunKindName;
  mode: "check" | "apply";
  state: RunState;
  trigger: "manual" | "scheduled" | "weekly";
  removals: "none" | "waiting" | "approved" | "discarded" | "superseded";
  /** How many people the run may remove without approval; null when it removes nobody. */
  removalBound: number | null;
  removalsDecided: { by: string | null; at: Date } | null;
  fileName: string | null;
  fileSize: number | null;
  sha256: string | null;
  assumed: Assumed | null;
  /** What was chosen for this run; `clearWord` null: the account's. */
  options: { createUnknown: boolean; clearWord: string | null; alert: boolean; sendAgain: boolean };
  requestedBy: string;
  requestedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  cancelRequested: boolean;
  cancelRequestedBy: string | null;
  /** A checked file's plan that may still be applied as it is. */
  applicable: boolean;
  /** Its lines were kept for the operator's time and are gone; the counts stay. */
  linesGone: boolean;
  failure: { sentence: string; reference: string } | null;
  counts: RunCounts;
  progress: RunProgress;
  /** Whether it may be taken back: an import that changed somebody, within 30 days. */
  undoable: boolean;
  /** The undo that takes or took this run back; `at` is null until it has ended. */
  undoneBy: { runId: string; by: string; at: Date | null } | null;
  /** What this undo takes back. */
  undoes: { runId: string; fileName: string | null; kind: RunKindName; action: string | null } | null;
  /** The run whose failed lines this one tries again. */
  mends: string | null;
  /** Of a directory's run: the settings that it went by, and whether it read all or what had changed. */
  settingsVersion: number | null;
  span: "full" | "incremental" | null;
  sync: SyncNotes | null;
  /** What a bulk change makes of its people, and whether it took all who matched rather than those who were ticked. */
  bulkChange: { action: string; all: boolean } | null;
};
