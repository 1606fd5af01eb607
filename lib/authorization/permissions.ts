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

/** What an operation takes: a privilege, any role at all, or nothing but being signed in. */
export const permissions = {
  "own_page.view": "signed_in",
  "sessions.end_own": "signed_in",
  "accounts.switch": "signed_in",
  "console.view": "any_admin",
  "accounts.view": "any_admin",
  "invitations.view": "enrollment.invite",
  "invitations.send": "enrollment.invite",
  "invitations.resend": "enrollment.invite",
  "invitations.revoke": "enrollment.invite",
  "invitations.copy_link": "enrollment.invite",
  "imports.view": "enrollment.import",
  "imports.create": "enrollment.import",
  "imports.apply": "enrollment.import",
  "imports.cancel": "enrollment.import",
  "imports.undo": "enrollment.import",
  "mails.decide": "enrollment.invite",
  "mails.allow": "enrollment.invite",
  "mails.resume": "account_settings",
  "bulk_invites.view": "enrollment.bulk_invite",
  "bulk_invites.create": "enrollment.bulk_invite",
  "bulk_invites.cancel": "enrollment.bulk_invite",
  "bulk_invites.undo": "enrollment.bulk_invite",
  "directory.view": "enrollment.directory_sync",
  "directory.change": "enrollment.directory_sync",
  "directory.sync": "enrollment.directory_sync",
  "directory.decide": "enrollment.directory_sync",
  "directory.undo": "enrollment.directory_sync",
  "removals.decide": "enrollment.import",
  "directory.drill": "enrollment.directory_sync",
  "users.view": "users.view",
  "users.edit": "users.manage",
  "users.suspend": "users.manage",
  "users.restore": "users.manage",
  "users.activity": "users.manage",
  "users.end_sessions": "users.manage",
  "users.pause_mails": "users.manage",
  "bulk_changes.view": "users.view",
  "bulk_changes.create": "users.manage",
  "seats.view": "users.view",
  "seats.take": "users.manage",
  "roles.view": "roles",
  "roles.change": "roles",
  "roles.grant": "roles",
  "sign_in.view": "sign_in_settings",
  "sign_in.change": "sign_in_settings",
  "domains.view": "account_settings",
  "domains.change": "account_settings",
  "account.change": "account_settings",
  "mail_settings.view": "account_settings",
  "mail_settings.change": "account_settings",
  "audit.view": "audit",
  "audit.export": "audit",
} as const satisfies Record<string, Privilege | "any_admin" | "signed_in">;

export type Operation = keyof typeof permissions;

const all = Object.keys(privileges) as Privilege[];

/** What the built-in roles hold; a custom role lists its own. */
export const builtInRoles: Record<"owner" | "admin", readonly Privilege[]> = { owner: all, admin: all };
