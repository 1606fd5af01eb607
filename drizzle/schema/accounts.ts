import { sql } from "drizzle-orm";
import { check, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";

export const accounts = pgTable(
  "accounts",
  {
    id: newId().primaryKey(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    invitationDays: integer().notNull().default(14),
    clearWord: text().notNull().default("-"),
    suspendedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check("accounts_slug", sql`${t.slug} ~ '^[a-z0-9-]{3,40}$'`),
    check("accounts_invitation_days", sql`${t.invitationDays} between 1 and 90`),
  ],
);

export const accountDomains = pgTable(
  "account_domains",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    domain: text().notNull(),
    verifiedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.domain] }),
    uniqueIndex("account_domains_verified_once").on(t.domain).where(sql`verified_at is not null`),
    check("account_domains_lower", sql`${t.domain} = lower(${t.domain})`),
  ],
);
