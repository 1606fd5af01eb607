import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { accounts } from "./accounts.ts";
import { createdAt, newId } from "./columns.ts";
import { roles } from "./users.ts";

export const groups = pgTable(
  "groups",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    name: text().notNull(),
    source: text().notNull().default("manual"),
    externalId: text(),
    kind: text().notNull().default("group"),
    /** Of a synced unit or list: the unit above it, by its id in the directory. */
    parentExternalId: text(),
    protected: boolean().notNull().default(false),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("groups_name_once").on(t.accountId, sql`lower(name)`),
    uniqueIndex("groups_external_id_once").on(t.accountId, t.externalId).where(sql`external_id is not null`),
    check("groups_kind", sql`${t.kind} in ('group','organizational_unit','list')`),
    check("groups_source", sql`${t.source} in ('manual','synced')`),
  ],
);

/** No foreign key to users: a run fills this by the hundred thousand. */
export const groupMembers = pgTable(
  "group_members",
  {
    accountId: uuid().notNull(),
    groupId: uuid().notNull(),
    userId: uuid().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.groupId, t.userId] }),
    index("group_members_by_user").on(t.accountId, t.userId),
    foreignKey({ columns: [t.accountId, t.groupId], foreignColumns: [groups.accountId, groups.id] }).onDelete(
      "cascade",
    ),
  ],
);

/** Whoever is in the group holds the role. */
export const groupRoleGrants = pgTable(
  "group_role_grants",
  {
    accountId: uuid().notNull(),
    groupId: uuid().notNull(),
    roleId: uuid().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.groupId, t.roleId] }),
    foreignKey({ columns: [t.accountId, t.groupId], foreignColumns: [groups.accountId, groups.id] }).onDelete(
      "cascade",
    ),
    foreignKey({ columns: [t.accountId, t.roleId], foreignColumns: [roles.accountId, roles.id] }),
  ],
);
