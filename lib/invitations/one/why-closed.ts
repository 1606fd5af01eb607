import type { InvitationRow } from "./lock-invitation.ts";

/** Why an invitation leads nowhere, besides that it ran out. */
export type Closed = "not_found" | "joined" | "suspended" | "revoked" | "replaced" | "address_changed";

/** Null while it can still be followed, or renewed. */
export function whyClosed(row: InvitationRow | null): Closed | null {
  if (!row || row.status === null || row.status === "deleted") return "not_found";
  if (row.status === "suspended") return "suspended";
  if (row.state === "accepted" || row.status === "active" || row.status === "signed_up") return "joined";
  if (row.is_replaced) return "replaced";
  if (!row.is_address_kept) return "address_changed";
  return row.state === "revoked" ? "revoked" : null;
}
