import { type SQL, sql } from "drizzle-orm";
import { protectedPeople } from "#lib/users/protected-people.ts";
import type { RunRow } from "../lease.ts";

/** Of a change `c`: whether it would suspend an owner, the last admin, or who asked for the run or let it go on. */
export const mayNotBeSuspended = ({ requested_by, options }: RunRow): SQL =>
  sql`(c.user_id in ${protectedPeople} or c.user_id = any (${sql.param(themselves(requested_by, options))}::uuid[]))`;

const themselves = (requestedBy: string | null, { confirmedBy }: RunRow["options"]): string[] =>
  [requestedBy, confirmedBy].filter((id) => typeof id === "string");
