/** The one table of who may do what: an operation, the privilege that it takes, by the privilege's label. */
export const privileges = {
  "enrollment.invite": "Enrollment – Invite",
  "enrollment.bulk_invite": "Enrollment – Bulk Invite",
  "enrollment.import": "Enrollment – Import",
  "enrollment.directory_sync": "Enrollment – Directory Sync",
  "enrollment.directory_groups": "Enrollment – Directory Groups",
  contact_directory: "Contact Directory",
  "users.view": "Users – View",
  "users.manage": "Users – Manage",
  "users.export": "Users – Export",
  "groups.manage": "Groups – Manage",
  roles: "Roles",
  sign_in_settings: "Sign-in Settings",
  account_settings: "Account Settings",
  audit: "Audit",
} as const;

export type Privilege = keyof typeof privileges;

/** Null: every admin of the account may. */
export const permissions = {
  "console.view": null,
  "accounts.view": null,
  "sessions.end_own": null,
  "imports.view": "enrollment.import",
  "imports.create": "enrollment.import",
  "imports.apply": "enrollment.import",
  "imports.cancel": "enrollment.import",
  "imports.undo": "enrollment.import",
  "removals.decide": "enrollment.import",
  "users.view": "users.view",
} as const satisfies Record<string, Privilege | null>;

export type Operation = keyof typeof permissions;

const all = Object.keys(privileges) as Privilege[];

/** What the built-in roles hold; a custom role lists its own. */
export const builtInRoles: Record<"owner" | "admin", readonly Privilege[]> = { owner: all, admin: all };
