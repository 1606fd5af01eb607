import { bigint, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { createdAt, newId } from "./columns.ts";

export const auditEvents = pgTable(
  "audit_events",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    at: createdAt(),
    actorKind: text().notNull(),
    actorId: uuid(),
    actorName: text().notNull(),
    action: text().notNull(),
    subjectKind: text(),
    subjectId: uuid(),
    runId: uuid(),
    /** The address that the request came from. */
    ip: text(),
    details: jsonb().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index("audit_events_by_run").on(t.accountId, t.runId),
    index("audit_events_by_action").on(t.accountId, t.action, t.id),
    index("audit_events_by_actor").on(t.accountId, t.actorId, t.id),
    index("audit_events_by_subject").on(t.accountId, t.subjectId, t.id),
  ],
);

/** Events that no seal covers yet; filled by a trigger in the transaction of the event. */
export const auditUnsealed = pgTable(
  "audit_unsealed",
  {
    accountId: uuid().notNull(),
    eventId: uuid().notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.eventId] })],
);

/** A hash chain an account: `hash` is an HMAC over the hash before and the event, under a key that no table holds. */
export const auditChain = pgTable(
  "audit_chain",
  {
    accountId: uuid().notNull(),
    position: bigint({ mode: "number" }).notNull(),
    eventId: uuid().notNull(),
    keyId: text().notNull(),
    hash: text().notNull(),
    sealedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.position] }),
    uniqueIndex("audit_chain_event_once").on(t.accountId, t.eventId),
  ],
);
