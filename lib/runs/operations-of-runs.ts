import type { Operation } from "#lib/authorization/permissions.ts";

/** What a bulk change does to invitations; what else it does, it does to people. */
export const invitationActions = ["resend", "revoke"] as const;
export type InvitationAction = (typeof invitationActions)[number];

export const isInvitationAction = (action: unknown): action is InvitationAction =>
  invitationActions.some((one) => one === action);

/** A bulk change that invites people, or changes invitations, takes other privileges than one that changes people. */
export function bulkKindOf(action: unknown): "bulk_change" | "people_invite" | "invitation_change" {
  if (isInvitationAction(action)) return "invitation_change";
  return action === "invite" ? "people_invite" : "bulk_change";
}

/**
 * What it takes to look at, stop or take back a run, by its kind; an undo counts as what it takes back. Of bulk changes
 * there are three kinds here.
 */
export const operationsOfRuns = {
  view: {
    import: "imports.view",
    bulk_invite: "bulk_invites.view",
    bulk_change: "bulk_changes.view",
    people_invite: "bulk_changes.view",
    invitation_change: "invitations.view",
    directory_sync: "directory.view",
  },
  cancel: {
    import: "imports.cancel",
    bulk_invite: "bulk_invites.cancel",
    bulk_change: "bulk_changes.create",
    people_invite: "bulk_invites.cancel",
    invitation_change: "invitations.resend",
    directory_sync: "directory.sync",
  },
  undo: {
    import: "imports.undo",
    bulk_invite: "bulk_invites.undo",
    bulk_change: "bulk_changes.create",
    people_invite: "bulk_invites.undo",
    directory_sync: "directory.undo",
  },
  /** The plan of a check. */
  apply: { import: "imports.apply", directory_sync: "directory.sync" },
  /** About removals that wait. */
  decide: { import: "removals.decide", directory_sync: "directory.decide" },
} as const satisfies Record<string, Record<string, Operation>>;

/** Of one of them: the operations of which one is needed before it is known which run it is. */
export const anyOf = (what: keyof typeof operationsOfRuns): Operation[] =>
  Object.values(operationsOfRuns[what]);
