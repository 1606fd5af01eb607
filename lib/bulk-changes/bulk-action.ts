import type { Operation } from "#lib/authorization/permissions.ts";

export const bulkActions = ["invite", "manage", "unmanage", "suspend", "restore"] as const;

/** What many people at once can be made. */
export type BulkAction = (typeof bulkActions)[number];

/** Who may ask for it: to manage people is one privilege, to invite many another. */
export const operationOf = (action: BulkAction): Operation =>
  action === "invite" ? "bulk_invites.create" : "bulk_changes.create";
