import { sql } from "drizzle-orm";
import {
  check,
  date,
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
import { createdAt, instant, newId, textC } from "./columns.ts";

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
    /** 0: somebody waits for it; 1: bulk. */
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
    /** What the provider told of it afterwards, in whatever order. */
    deliveredAt: instant(),
    bouncedAt: instant(),
    complainedAt: instant(),
    /** It could not send it after all; told while the mail was still being handed over. */
    failedAt: instant(),
    /** What it waits for besides its turn. */
    waitsFor: text(),
    /** Where it is, the latest that anybody told; SMTP servers tell no more than that they took it. */
    standing: text().generatedAlwaysAs(sql`case when complained_at is not null then 'complained'
      when bounced_at is not null then 'bounced' when delivered_at is not null then 'delivered'
      when state = 'queued' and waits_for is not null then 'waiting' when state in ('queued', 'sending') then 'queued'
      when state = 'sent' and provider = 'smtp' then 'handed_over' else state end`),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("emails_key_once").on(t.accountId, t.key),
    index("emails_due").on(t.priority, t.nextAttemptAt, t.id).where(sql`state = 'queued'`),
    index("emails_leased").on(t.leaseUntil).where(sql`state = 'sending'`),
    // Of what arrived there is no end; what did not is looked for.
    index("emails_not_arrived")
      .on(t.accountId, t.standing, t.subjectId)
      .where(
        sql`kind in ('invitation', 'reminder') and standing not in ('delivered', 'handed_over', 'in_local_mailbox')`,
      ),
    index("emails_unknown").on(t.accountId, t.id).where(sql`state = 'unknown'`),
    index("emails_waiting")
      .on(t.accountId, t.waitsFor, t.nextAttemptAt)
      .where(sql`state = 'queued' and waits_for is not null`),
    check(
      "emails_kind",
      sql`${t.kind} in ('invitation','sign_in_link','account_activated','run_ended','removals_waiting','reminder','address_proof','mail_stopped','sync_failed','sync_overdue')`,
    ),
    check(
      "emails_state",
      sql`${t.state} in ('queued','sending','sent','in_local_mailbox','failed','unknown','withdrawn')`,
    ),
    check("emails_priority", sql`${t.priority} in (0, 1)`),
    check("emails_waits_for", sql`${t.waitsFor} in ('daily_cap','quiet_hours','breaker')`),
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

/** What the provider told of a mail, each once, however often it tells. */
export const mailEvents = pgTable(
  "mail_events",
  {
    accountId: uuid().notNull(),
    id: newId(),
    emailId: uuid().notNull(),
    providerEventId: text().notNull(),
    kind: text().notNull(),
    /** By the provider's clock. */
    at: instant().notNull(),
    detail: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("mail_events_once").on(t.accountId, t.providerEventId),
    index("mail_events_by_mail").on(t.accountId, t.emailId),
    check("mail_events_kind", sql`${t.kind} in ('delivered','bounced','complained')`),
  ],
);

/** Mails of an account by day (UTC), for the daily cap and for the breaker. */
export const mailDays = pgTable(
  "mail_days",
  {
    accountId: uuid().notNull(),
    day: date().notNull(),
    sent: integer().notNull().default(0),
    bounced: integer().notNull().default(0),
    complained: integer().notNull().default(0),
    /** What had been counted of the day when somebody let stopped mails go on: it does not count again. */
    forgivenSent: integer().notNull().default(0),
    forgivenBounced: integer().notNull().default(0),
    forgivenComplained: integer().notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.day] })],
);

/** Addresses that bounced or complained: nothing more is sent there until somebody allows it again. */
export const suppressedAddresses = pgTable(
  "suppressed_addresses",
  {
    accountId: uuid().notNull(),
    emailNorm: textC().notNull(),
    reason: text().notNull(),
    emailId: uuid(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.emailNorm] }),
    check("suppressed_addresses_reason", sql`${t.reason} in ('bounced','complained')`),
  ],
);
