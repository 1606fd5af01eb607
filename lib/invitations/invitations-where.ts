import { type SQL, sql } from "drizzle-orm";
import { matchingCap } from "#lib/db/keyset.ts";
import { usersWhere } from "#lib/users/users-where.ts";
import type { InvitationState, MailStanding } from "./invitation-words.ts";

/** What of the invitations is looked at. */
export type InvitationsFilter = {
  /** The beginning of an address, a first or a last name, or "first last". */
  search?: string | undefined;
  state?: InvitationState | undefined;
  /** Where the latest mail of the invitation is, if it has not arrived. */
  mail?: MailStanding | undefined;
  source?: string | undefined;
  run?: string | undefined;
  department?: string | undefined;
  /** Open, mailed days ago to an address that takes mail, and not joined. */
  chase?: boolean | undefined;
};

/** Days after the latest mail from which somebody who has not joined is to be chased. */
export const chaseAfterDays = 3;

/**
 * Of `invitations i`. A search or a department looks no further than `matchingCap` people for a page; for all of them
 * there is no end.
 */
export function invitationsWhere(filter: InvitationsFilter, reach: "page" | "all" = "page"): SQL {
  const { state, mail, source, run, chase } = filter;
  const parts = [
    state ? states[state] : null,
    mail ? mailIs(mail) : null,
    source ? sql`i.source = ${source}` : null,
    run ? sql`i.run_id = ${run}::uuid` : null,
    chase ? toChase : null,
    ...people(filter, reach),
  ];
  return sql.join([sql`true`, ...parts.filter((part) => part !== null)], sql` and `);
}

/** Of `invitations i`: who was mailed days ago and could have joined since. */
export const toChase: SQL = sql`i.state = 'open' and i.expires_at > now()
  and i.id < uuid_v7_floor(now() - interval '${sql.raw(String(chaseAfterDays))} days')
  and (i.resent_at is null or i.resent_at < now() - interval '${sql.raw(String(chaseAfterDays))} days')
  and not exists (select from emails m where ${notArrived} and m.subject_id = i.id and m.generation = i.generation
    and m.standing <> 'sent')`;

// A mail on its way or refused; spelled as the index over them is, which is small where all goes well.
function notArrivedOf() {
  return sql.raw(
    `m.account_id = i.account_id and m.kind in ('invitation', 'reminder') and m.standing not in ('delivered', 'handed_over', 'in_local_mailbox')`,
  );
}
