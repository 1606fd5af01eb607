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
    defaultLanguage: text().notNull().default("en"),
    /** How the account's mails call their sender, where answers go, and their colour (#rrggbb). */
    senderName: text(),
    replyTo: text(),
    logoColor: text(),
    /** Days after which an invitation that nobody followed is mailed once more; null: never. */
    reminderDays: integer().default(3),
    /** Set by the operator; null: as the deployment says. */
    dailyMailCap: integer(),
    /** Minutes of the day between which no bulk mail goes out, in the account's time zone. */
    quietFrom: integer(),
    quietTo: integer(),
    timeZone: text().notNull().default("UTC"),
    /** Where people begin once they have joined. */
    startHereUrl: text(),
    /** Too many bounces or complaints: mails wait until somebody lets them go on. */
    mailStoppedAt: instant(),
    mailStoppedBecause: text(),
    /** What came before does not count again. */
    mailResumedAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    check("accounts_slug", sql`${t.slug} ~ '^[a-z0-9-]{3,40}$'`),
    check("accounts_removal_percent", sql`${t.removalPercent} between 0 and 100`),
    check("accounts_seat_limit", sql`${t.seatLimit} >= 0`),
    check("accounts_billing_period", sql`${t.billingPeriod} in ('monthly','annual')`),
    check("accounts_logo_color", sql`${t.logoColor} ~ '^#[0-9a-f]{6}$'`),
    check("accounts_reminder_days", sql`${t.reminderDays} between 1 and 60`),
    check("accounts_daily_mail_cap", sql`${t.dailyMailCap} >= 0`),
    check("accounts_quiet", sql`${t.quietFrom} between 0 and 1439 and ${t.quietTo} between 0 and 1439`),
    check("accounts_mail_stopped_because", sql`${t.mailStoppedBecause} in ('bounces','complaints')`),
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

/** What an account says in its mails in place of ours, as plain text. */
export const accountTexts = pgTable(
  "account_texts",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    language: text().notNull(),
    kind: text().notNull(),
    text: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.language, t.kind] }),
    check("account_texts_kind", sql`${t.kind} in ('invitation','reminder')`),
  ],
);
