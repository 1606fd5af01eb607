import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, emailNorm, instant, newId } from "./columns.ts";

export const invitations = pgTable(
  "invitations",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    email: text().notNull(),
    emailNorm: emailNorm(),
    state: text().notNull().default("open"),
    generation: integer().notNull().default(1),
    source: text().notNull(),
    runId: uuid(),
    invitedBy: uuid(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("invitations_one_open_per_address").on(t.accountId, t.emailNorm).where(sql`state = 'open'`),
    check("invitations_state", sql`${t.state} in ('open','accepted','revoked','expired')`),
  ],
);
