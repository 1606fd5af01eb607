import { sql } from "drizzle-orm";
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";

/** The outbox: ids only, never a body; rendering is a pure function of what the ids name. */
export const emails = pgTable(
  "emails",
  {
    accountId: uuid().notNull(),
    id: newId(),
    key: text().notNull(),
    kind: text().notNull(),
    recipient: text().notNull(),
    subjectId: uuid().notNull(),
    generation: integer().notNull().default(1),
    language: text().notNull().default("en"),
    priority: smallint().notNull().default(1),
    state: text().notNull().default("queued"),
    runId: uuid(),
    batchId: uuid(),
    lease: uuid(),
    leaseUntil: instant(),
    attempts: smallint().notNull().default(0),
    firstAttemptAt: instant(),
    nextAttemptAt: instant().notNull().default(sql`now()`),
    provider: text(),
    providerId: text(),
    error: text(),
    createdAt: createdAt(),
    sentAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("emails_key_once").on(t.accountId, t.key),
    index("emails_due").on(t.priority, t.nextAttemptAt, t.id).where(sql`state = 'queued'`),
    index("emails_leased").on(t.leaseUntil).where(sql`state = 'sending'`),
    check(
      "emails_kind",
      sql`${t.kind} in ('invitation','sign_in_link','account_activated','run_ended','removals_waiting')`,
    ),
    check(
      "emails_state",
      sql`${t.state} in ('queued','sending','sent','in_local_mailbox','failed','unknown','withdrawn')`,
    ),
  ],
);

/** Kept in the transaction that changes the mails' states, so that a live page need not count a million rows. */
export const runMailCounts = pgTable(
  "run_mail_counts",
  {
    accountId: uuid().notNull(),
    runId: uuid().notNull(),
    queued: integer().notNull().default(0),
    sent: integer().notNull().default(0),
    inLocalMailbox: integer().notNull().default(0),
    failed: integer().notNull().default(0),
    unknown: integer().notNull().default(0),
    withdrawn: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.runId] })],
);

/** One row a provider, shared by all workers: the next free sending slot, and when the last requests left, latest first. */
export const mailThrottle = pgTable("mail_throttle", {
  provider: text().primaryKey(),
  nextSlotAt: instant().notNull().default(sql`now()`),
  intervalMs: doublePrecision().notNull(),
  recent: instant().array().notNull().default(sql`'{}'`),
});
