import { sql } from "drizzle-orm";
import { check, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";
import { users } from "./users.ts";

export const sessions = pgTable(
  "sessions",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
    index("sessions_by_id").on(t.id),
    index("sessions_by_user").on(t.accountId, t.userId),
  ],
);

/** The link carries an HMAC over the id; no column here could make one. */
export const signInTokens = pgTable(
  "sign_in_tokens",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    purpose: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
    index("sign_in_tokens_by_id").on(t.id),
    // Deleting people asks for the tokens of each.
    index("sign_in_tokens_by_user").on(t.accountId, t.userId),
    check("sign_in_tokens_purpose", sql`${t.purpose} in ('email_link','operator_link')`),
  ],
);
