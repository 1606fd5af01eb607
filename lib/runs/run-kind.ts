import type { SQL } from "drizzle-orm";
import type { ProfileField } from "#lib/users/profile-fields.ts";

export type RunKindName =
  | "bulk_invite"
  | "import"
  | "bulk_change"
  | "directory_sync"
  | "group_sync"
  | "contact_sync"
  | "undo";

type Cells = (string | null)[];

/**
 * Judged entries by column, as `unnest` takes them: all columns that are given have `count` values; a column
 * that no entry fills is left out. `cleared` holds field names joined by commas; `raw` the cells of a failed
 * entry as JSON. `checkpoint` is what `read` needs to go on behind this batch.
 */
export type StagedBatch = {
  count: number;
  position: number[];
  line: number[];
  email: Cells;
  asked?: Cells;
  fields: Partial<Record<ProfileField | "groups", Cells>>;
  cleared?: Cells;
  problem?: Cells;
  /** Why the line is left out although nothing is wrong with it. */
  passedOver?: Cells;
  raw?: Cells;
  /** Of lines that come from a directory. */
  externalId?: Cells;
  aliases?: Cells;
  dn?: Cells;
  dnKey?: Cells;
  organizationalUnit?: Cells;
  rowHash?: Cells;
  /** Entries that were met, where that is not the number of lines; and those that are no line, for nothing has changed. */
  met?: number;
  same?: number;
  checkpoint: unknown;
};

export type WorkedRun = {
  accountId: string;
  id: string;
  kind: RunKindName;
  mode: "check" | "apply";
  requestedBy: string | null;
  requestedByName: string;
  uploadId: string | null;
  options: Record<string, unknown>;
  assumed: unknown;
  /** The run that this one takes back. */
  undoes: string | null;
  /** What it keeps true, the settings that it goes by, and how much of it it reads. */
  target: string | null;
  settingsVersion: number | null;
  span: "full" | "incremental" | null;
};

export type PositionRange = { from: number; to: number; only?: number[] };

/** What a kind of run hands to the pipeline; all else is the same for every kind. */
export type RunKind = {
  /** Streams judged entries from `checkpoint` on (null: the beginning). Throws RunFailure when none can be read. */
  read(run: WorkedRun, checkpoint: unknown, signal: AbortSignal): AsyncIterable<StagedBatch>;
  /** Its source cannot be taken up in the middle: it is read in one job, and from the beginning when that is cut off. */
  readsAtOnce?: {
    /** Statements that forget what was read before. */
    forget(run: WorkedRun): SQL[];
  };
  /** Somebody has looked at the plan and typed how many it removes: no bound applies. */
  confirmed?: true;
  /**
   * Statements over all staged entries, once, before planning: repeats and the like. A kind that reads nothing, for its
   * entries are there already, sets rows_read and last_position here.
   */
  settle(run: WorkedRun): SQL[];
  /** Says what to do where there are no entries at all; as it is, in the words of a file. Null: that is no failure. */
  nothingFound?: string | null;
  /**
   * One statement that compares staged entries of (from, to] with the account, and writes run_changes and
   * run_entries. `only` narrows it to some positions of the range.
   */
  plan(run: WorkedRun, range: PositionRange): SQL;
  /** Statements over the whole plan, once, that add hints to reasons; they change no outcome. */
  hint?(run: WorkedRun): SQL[];
  /** Who is counted for the bound, what else is over it, and what is said of those who wait. */
  guard?: { people: SQL; isOver(run: WorkedRun): SQL; waits: string };
  /** Statements in the transaction that applies a range, after it. */
  applied?(run: WorkedRun, range: { from: number; to: number }): SQL[];
  /** Statements in the transaction that completes a run, before its end is written; `removals`: only those that had waited. */
  completed?(run: WorkedRun, removals: boolean): SQL[];
  /**
   * Asks the source again about removals that somebody has approved: positions of those that no longer hold. Throws
   * RunFailure when it cannot be asked.
   */
  confirm?(run: WorkedRun, removals: Removal[], signal: AbortSignal): Promise<number[]>;
};

/** A person who is about to be removed, by the line that says so. */
export type Removal = { position: number; externalId: string };

/** The run cannot go on; `sentence` tells the person why and what to do. */
export class RunFailure extends Error {
  readonly sentence: string;
  constructor(sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.sentence = sentence;
  }
}
