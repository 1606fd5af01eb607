import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { createdAt, emailNorm, instant, newId, profileColumns, textC } from "./columns.ts";

export const users = pgTable(
  "users",
  {
    accountId: uuid().notNull(),
    id: newId(),
    email: text(),
    emailNorm: emailNorm(),
    ...profileColumns(),
    organizationalUnit: text(),
    status: text().notNull().default("not_invited"),
    statusBeforeSuspension: text(),
    suspendedAt: instant(),
    emailValidation: text(),
    managed: boolean().notNull().default(false),
    /** No mail goes to this person but sign-in links, until somebody lifts it. */
    mailsPaused: boolean().notNull().default(false),
    source: text().notNull(),
    externalId: text(),
    version: integer().notNull().default(1),
    firstNameKey: textC().generatedAlwaysAs(sql`lower(first_name)`),
    lastNameKey: textC().generatedAlwaysAs(sql`lower(last_name)`),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("users_one_per_address").on(t.accountId, t.emailNorm).where(sql`email_norm is not null`),
    index("users_by_status").on(t.accountId, t.status, t.id),
    index("users_by_department").on(t.accountId, t.department, t.id).where(sql`department is not null`),
    uniqueIndex("users_one_per_external_id")
      .on(t.accountId, t.externalId)
      .where(sql`external_id is not null`),
    index("users_without_address").on(t.accountId, t.id).where(sql`email is null`),
    index("users_suspended").on(t.accountId, t.suspendedAt).where(sql`status = 'suspended'`),
    index("users_mails_paused").on(t.accountId, t.emailNorm).where(sql`mails_paused`),
    index("users_managed").on(t.accountId, t.id).where(sql`managed`),
    index("users_by_last_name").on(t.accountId, t.lastNameKey),
    index("users_by_first_name").on(t.accountId, t.firstNameKey),
    check(
      "users_status",
      sql`${t.status} in ('not_invited','invited','signed_up','active','suspended','deleted')`,
    ),
    check("users_email_validation", sql`${t.emailValidation} in ('pending','validated','bounced')`),
    check("users_source", sql`${t.source} in ('invite','bulk_invite','import','directory','group','api')`),
  ],
);

export const roles = pgTable(
  "roles",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    kind: text().notNull(),
    name: text().notNull(),
    description: text(),
    privileges: text().array().notNull().default(sql`'{}'`),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("roles_name_once").on(t.accountId, sql`lower(name)`),
    check("roles_kind", sql`${t.kind} in ('owner','admin','custom')`),
  ],
);

export const roleGrants = pgTable(
  "role_grants",
  {
    accountId: uuid().notNull(),
    roleId: uuid().notNull(),
    userId: uuid().notNull(),
    /** Given by a person, or by the groups that the identity provider named at the last sign-in. */
    source: text().notNull().default("manual"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.userId, t.roleId, t.source] }),
    index("role_grants_by_role").on(t.accountId, t.roleId),
    check("role_grants_source", sql`${t.source} in ('manual','sso')`),
    foreignKey({ columns: [t.accountId, t.roleId], foreignColumns: [roles.accountId, roles.id] }),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
  ],
);

/** When who was managed, for the bill; kept when the person is gone. */
export const managedSpans = pgTable(
  "managed_spans",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    userId: uuid().notNull(),
    email: text(),
    name: text().notNull(),
    managedFrom: createdAt(),
    managedTo: instant(),
    managedBy: text().notNull(),
    runId: uuid(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("managed_spans_one_open").on(t.accountId, t.userId).where(sql`managed_to is null`),
    index("managed_spans_ended").on(t.accountId, t.managedTo).where(sql`managed_to is not null`),
  ],
);
