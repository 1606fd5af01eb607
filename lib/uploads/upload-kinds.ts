import type { Operation } from "#lib/authorization/permissions.ts";

/** What files are uploaded as, and what it takes to upload one. */
export const uploadOperations = {
  roster: "imports.create",
  addresses: "bulk_invites.create",
} as const satisfies Record<string, Operation>;

export type UploadKind = keyof typeof uploadOperations;
