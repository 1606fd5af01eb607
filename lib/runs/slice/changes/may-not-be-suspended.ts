import { type SQL, sql } from "drizzle-orm";
import { peopleAbove } from "#lib/users/people-above.ts";
import { protectedPeople } from "#lib/users/protected-people.ts";
import type { RunRow } from "../lease.ts";

/**
 * Of a change `c`: whether it would suspend an owner, the last admin, or who asked for the run or let it go on; and but
 * for an undo and the directory, whoever may do more than who let it go on.
 */
export const mayNotBeSuspended = ({ kind, requested_by, options }: RunRow): SQL =>
  sql`(${kind !== "undo" && kind !== "directory_sync" ? sql`c.user_id in ${peopleAbove(whoConfirmed(requested_by, options))} or` : sql``} c.user_id in ${protectedPeople} or c.user_id = any (${sql.param(themselves(requested_by, options))}::uuid[]))`;

/** Whoever let it go on may have fewer rights than who asked for it. */
const whoConfirmed = (requestedBy: string | null, { confirmedBy }: RunRow["options"]): string | null =>
  typeof confirmedBy === "string" ? confirmedBy : requestedBy;

const themselves = (requestedBy: string | null, { confirmedBy }: RunRow["options"]): string[] =>
  [requestedBy, confirmedBy].filter((id) => typeof id === "string");
