import { sql } from "drizzle-orm";
import { check, index, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
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
    /** When the join page was first opened. */
    openedAt: instant(),
    /** What the inviter adds, as plain text. */
    message: text(),
    language: text().notNull().default("en"),
    /** When it was last mailed anew. */
    resentAt: instant(),
    remindedAt: instant(),
    /** The invited person wants no reminders. */
    remindersStoppedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("invitations_one_open_per_address").on(t.accountId, t.emailNorm).where(sql`state = 'open'`),
    index("invitations_by_state").on(t.accountId, t.state, t.id),
    index("invitations_open_until").on(t.accountId, t.expiresAt).where(sql`state = 'open'`),
    index("invitations_to_remind")
      .on(t.accountId, t.createdAt, t.id)
      .where(sql`state = 'open' and reminded_at is null and reminders_stopped_at is null`),
    index("invitations_by_run").on(t.accountId, t.runId, t.id).where(sql`run_id is not null`),
    index("invitations_by_source").on(t.accountId, t.source, t.id),
    index("invitations_by_user").on(t.accountId, t.userId),
    index("invitations_opened").on(t.accountId, t.openedAt).where(sql`opened_at is not null`),
    index("invitations_accepted").on(t.accountId, t.endedAt).where(sql`state = 'accepted'`),
    check("invitations_state", sql`${t.state} in ('open','accepted','revoked','expired')`),
  ],
);
