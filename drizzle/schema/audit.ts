import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
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
    details: jsonb().notNull().default({}),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index("audit_events_by_run").on(t.accountId, t.runId),
  ],
);
