import { sql } from "drizzle-orm";
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { bytea, createdAt, emailNorm, instant, newId, profileColumns } from "./columns.ts";

export const runs = pgTable(
  "runs",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    kind: text().notNull(),
    mode: text().notNull(),
    trigger: text().notNull().default("manual"),
    state: text().notNull().default("queued"),
    removals: text().notNull().default("none"),
    requestedBy: uuid(),
    requestedByName: text().notNull(),
    requestedAt: createdAt(),
    startedAt: instant(),
    readAt: instant(),
    plannedAt: instant(),
    applyingAt: instant(),
    finishedAt: instant(),
    cancelRequestedAt: instant(),
    cancelRequestedBy: text(),
    uploadId: uuid(),
    options: jsonb().notNull().default({}),
    assumed: jsonb(),
    checkpoint: jsonb(),
    failure: text(),
    failureReference: text(),
    rowsRead: integer().notNull().default(0),
    lastPosition: integer().notNull().default(0),
    plannedTo: integer().notNull().default(0),
    appliedTo: integer().notNull().default(0),
    tidiedAt: instant(),
    created: integer().notNull().default(0),
    updated: integer().notNull().default(0),
    deleted: integer().notNull().default(0),
    activated: integer().notNull().default(0),
    unchanged: integer().notNull().default(0),
    skipped: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    /** Lines whose removal is over the bound and waits for somebody's approval. */
    waiting: integer().notNull().default(0),
    /** The most people that this run may remove without being asked; null before it was planned. */
    removalBound: integer(),
    removalsDecidedBy: text(),
    removalsDecidedAt: instant(),
    /** The settings that the plan was made under; a plan is applied under the same alone. */
    plannedUnder: text(),
    /** The run that this one takes back, or whose failed lines it tries again. */
    undoes: uuid(),
    mends: uuid(),
    /** What it keeps true: a directory. One run of it executes, and one manual and one automatic may wait. */
    target: uuid(),
    settingsVersion: integer(),
    /** Of a directory: all of it, or what has changed. */
    span: text(),
    /** Ids met in a directory, and entries of which nothing has changed, so that they have no line. */
    seen: integer().notNull().default(0),
    same: integer().notNull().default(0),
    lease: uuid(),
    leaseUntil: instant(),
    barrenSlices: integer().notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("runs_one_changing_per_account").on(t.accountId).where(sql`state in ('planning','applying')`),
    index("runs_open").on(t.state).where(sql`state in ('queued','reading','planning','applying')`),
    index("runs_history").on(t.accountId, t.kind, t.id),
    uniqueIndex("runs_one_undo").on(t.accountId, t.undoes).where(sql`state not in ('failed','cancelled')`),
    uniqueIndex("runs_one_executing_per_target")
      .on(t.accountId, t.target)
      .where(sql`target is not null and state in ('reading','planning','applying')`),
    uniqueIndex("runs_one_manual_waiting_per_target")
      .on(t.accountId, t.target)
      .where(sql`target is not null and state = 'queued' and trigger = 'manual'`),
    uniqueIndex("runs_one_automatic_waiting_per_target")
      .on(t.accountId, t.target)
      .where(sql`target is not null and state = 'queued' and trigger <> 'manual'`),
    index("runs_of_target").on(t.accountId, t.target, t.id).where(sql`target is not null`),
    check("runs_span", sql`${t.span} in ('full','incremental')`),
    index("runs_waiting_for_approval").on(t.accountId).where(sql`removals = 'waiting'`),
    check(
      "runs_kind",
      sql`${t.kind} in ('bulk_invite','import','bulk_change','directory_sync','group_sync','contact_sync','undo')`,
    ),
    check("runs_mode", sql`${t.mode} in ('check','apply')`),
    check("runs_trigger", sql`${t.trigger} in ('manual','scheduled','weekly')`),
    check(
      "runs_state",
      sql`${t.state} in ('mapping','queued','reading','planning','planned','applying','completed','failed','cancelled')`,
    ),
    check("runs_removals", sql`${t.removals} in ('none','waiting','approved','discarded','superseded')`),
  ],
);

/** Staging: a judged row per entry, deleted when its run has ended. */
export const runRows = pgTable(
  "run_rows",
  {
    accountId: uuid().notNull(),
    runId: uuid().notNull(),
    position: integer().notNull(),
    line: integer().notNull(),
    email: text(),
    emailNorm: emailNorm(),
    asked: text(),
    ...profileColumns(),
    groups: text(),
    cleared: text().array(),
    problem: text(),
    /** Why the line is left out although nothing is wrong with it. */
    passedOver: text(),
    raw: text(),
    /** The person of a line that was picked rather than read, and the invitation where that was picked. */
    userId: uuid(),
    invitationId: uuid(),
    /** Of a line that came from a directory. */
    externalId: text(),
    dn: text(),
    dnKey: text(),
    organizationalUnit: text(),
    /** Its other addresses, with blanks between them. */
    aliases: text(),
    rowHash: text(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.runId, t.position] })],
);

/** Failed lines that were mended in the browser: each once, whoever comes first. */
export const runMends = pgTable(
  "run_mends",
  {
    accountId: uuid().notNull(),
    runId: uuid().notNull(),
    position: integer().notNull(),
    mendedIn: uuid().notNull(),
    mendedByName: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.runId, t.position] })],
);

export const uploads = pgTable(
  "uploads",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    fileName: text().notNull(),
    state: text().notNull().default("receiving"),
    size: bigint({ mode: "number" }).notNull().default(0),
    pieces: integer().notNull().default(0),
    sha256: text(),
    verdict: jsonb(),
    sealedKey: text().notNull(),
    createdBy: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    check("uploads_state", sql`${t.state} in ('receiving','complete','read')`),
    index("uploads_unread").on(t.createdAt).where(sql`state <> 'read'`),
  ],
);

/** A piece is at most 1 MiB of the original, compressed, then sealed with the upload's own key. */
export const uploadPieces = pgTable(
  "upload_pieces",
  {
    accountId: uuid().notNull(),
    uploadId: uuid().notNull(),
    seq: integer().notNull(),
    body: bytea().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.uploadId, t.seq] })],
);
