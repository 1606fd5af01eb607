import { sql } from "drizzle-orm";
import { check, date, integer, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, instant, newId } from "./columns.ts";

export const accounts = pgTable(
  "accounts",
  {
    id: newId().primaryKey(),
    slug: text().notNull().unique(),
    name: text().notNull(),
    invitationDays: integer().notNull().default(14),
    clearWord: text().notNull().default("-"),
    /** The share of its people that a run may remove without approval, if stricter than the operator's. */
    removalPercent: integer(),
    /** The requester hears by mail of the end of a run that took longer, if they asked for it. */
    longRunSeconds: integer().notNull().default(60),
    /** How many people may be managed at once; null: as many as there are. Set by the operator. */
    seatLimit: integer(),
    billingPeriod: text().notNull().default("monthly"),
    /** The day of the month, and of the year, on which a billing period begins. */
    billingFrom: date().notNull().default(sql`current_date`),
    suspendedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check("accounts_slug", sql`${t.slug} ~ '^[a-z0-9-]{3,40}$'`),
    check("accounts_removal_percent", sql`${t.removalPercent} between 0 and 100`),
    check("accounts_seat_limit", sql`${t.seatLimit} >= 0`),
    check("accounts_billing_period", sql`${t.billingPeriod} in ('monthly','annual')`),
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
    verifiedHow: text(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.domain] }),
    uniqueIndex("account_domains_verified_once").on(t.domain).where(sql`verified_at is not null`),
    check("account_domains_verified_how", sql`${t.verifiedHow} in ('operator','dns')`),
    check("account_domains_lower", sql`${t.domain} = lower(${t.domain})`),
  ],
);
