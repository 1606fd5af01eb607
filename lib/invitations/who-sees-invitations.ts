import type { Asked } from "#lib/authorization/authorize.ts";

/** Whoever may invite, few or many, sees what became of it. */
export const seesInvitations = ["invitations.view", "bulk_invites.view"] as const satisfies Asked;
