import { sql } from "drizzle-orm";
import {
  bigint,
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
import { createdAt, instant, newId } from "./columns.ts";
import { roles, users } from "./users.ts";

export const sessions = pgTable(
  "sessions",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    method: text().notNull().default("email_link"),
    /** The connection that it was opened through, where `method` is sso. */
    connectionId: uuid(),
    ip: text(),
    userAgent: text(),
    createdAt: createdAt(),
    lastSeenAt: createdAt(),
    expiresAt: instant().notNull(),
    endedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
    index("sessions_by_id").on(t.id),
    index("sessions_by_user").on(t.accountId, t.userId),
    check("sessions_method", sql`${t.method} in ('email_link','operator_link','sso','invitation')`),
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

/** An account's one OpenID Connect provider; it speaks for the account's verified domains. */
export const ssoConnections = pgTable(
  "sso_connections",
  {
    accountId: uuid()
      .notNull()
      .references(() => accounts.id),
    id: newId(),
    name: text().notNull(),
    issuer: text().notNull(),
    clientId: text().notNull(),
    /** Sealed with account and connection as context; null for a public client, which has PKCE alone. */
    sealedSecret: text(),
    enabled: boolean().notNull().default(false),
    /** Of the settings as they stand; null when they have changed since. */
    testedAt: instant(),
    groupsClaim: text().notNull().default("groups"),
    /** What the claim's groups do with the roles that a person has: give some besides, or be all there is. */
    rolesMode: text().notNull().default("add"),
    /** For providers that send no email_verified: their addresses within the verified domains are taken as they come. */
    trustsAddresses: boolean().notNull().default(false),
    /** Whoever names the provider can be anybody that it speaks for: only an owner's choice binds owners. */
    setByOwner: boolean().notNull().default(false),
    createdAt: createdAt(),
    updatedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    uniqueIndex("sso_connections_one_per_account").on(t.accountId),
    uniqueIndex("sso_connections_by_id").on(t.id),
    check("sso_connections_roles_mode", sql`${t.rolesMode} in ('add','replace')`),
  ],
);

/** Who comes with this group gets this role. */
export const ssoRoleRules = pgTable(
  "sso_role_rules",
  {
    accountId: uuid().notNull(),
    connectionId: uuid().notNull(),
    claimedGroup: text().notNull(),
    roleId: uuid().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.connectionId, t.claimedGroup, t.roleId] }),
    foreignKey({
      columns: [t.accountId, t.connectionId],
      foreignColumns: [ssoConnections.accountId, ssoConnections.id],
    }).onDelete("cascade"),
    foreignKey({ columns: [t.accountId, t.roleId], foreignColumns: [roles.accountId, roles.id] }),
  ],
);

/** Binds a person to what their identity provider calls them: issuer and subject, which never change (OpenID Connect Core 5.7). */
export const identities = pgTable(
  "identities",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    issuer: text().notNull(),
    subject: text().notNull(),
    createdAt: createdAt(),
    lastUsedAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
    uniqueIndex("identities_one_subject").on(t.accountId, t.issuer, t.subject),
    uniqueIndex("identities_one_per_issuer").on(t.accountId, t.userId, t.issuer),
  ],
);

/** Attempts by address and by origin, as rate-limiter-flexible keeps them; of no account, for nobody is signed in yet. */
export const rateLimits = pgTable("rate_limits", {
  key: text().primaryKey(),
  points: integer().notNull().default(0),
  /** Milliseconds since 1970. */
  expire: bigint({ mode: "number" }),
});

/** A question to an address whether it is who it says: the link in its mail answers. */
export const addressProofs = pgTable(
  "address_proofs",
  {
    accountId: uuid().notNull(),
    id: newId(),
    userId: uuid().notNull(),
    email: text().notNull(),
    createdAt: createdAt(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.id] }),
    index("address_proofs_by_user").on(t.accountId, t.userId),
    foreignKey({ columns: [t.accountId, t.userId], foreignColumns: [users.accountId, users.id] }),
  ],
);
