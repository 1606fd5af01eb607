import { type SQL, sql } from "drizzle-orm";
import { matchingCap } from "#lib/db/keyset.ts";
import { usersWhere } from "#lib/users/users-where.ts";
import type { InvitationState, notArrived } from "./invitation-view.ts";

/** What of the invitations is looked at. */
export type InvitationsFilter = {
  /** The beginning of an address, a first or a last name, or "first last", of the invited person as they are now. */
  search?: string | undefined;
  state?: InvitationState | undefined;
  /** Where the latest mail of the invitation is. */
  mail?: (typeof notArrived)[number] | undefined;
  source?: string | undefined;
  run?: string | undefined;
  department?: string | undefined;
  /** Those to chase alone. */
  chase?: boolean | undefined;
};

type Reach = { accountId: string; cursor?: (id: SQL) => SQL; all?: boolean };

/** Days since the latest mail after which somebody who has not joined is to be chased. */
export const chaseAfterDays = 3;

/**
 * `from … where …` over the invitations `i` that match; `key` is what they are ordered by. A search or a department looks
 * no further than `matchingCap` people, the newest of a department, unless `all` are asked for.
 */
export function matchingInvitations(filter: InvitationsFilter, reach: Reach): { found: SQL; key: SQL } {
  const { mail, source, run, state, chase } = filter;
  const key = mail ? sql`m.subject_id` : sql`i.id`;
  const parts = [
    reach.cursor?.(key),
    state && stateIs[state],
    source && sql`i.source = ${source}`,
    run && sql`i.run_id = ${run}::uuid`,
    chase && toChase,
    ofPeople(filter, reach),
  ].filter((part) => part !== undefined && part !== false && part !== "");
  const where = sql.join([sql`i.account_id = ${reach.accountId}`, ...(parts as SQL[])], sql` and `);
  if (!mail)
    return { found: sql`from ${state === "expired" ? allExpired : sql`invitations i`} where ${where}`, key };
  // From the mails on, in their order: of a million invitations few have one that is so.
  return {
    found: sql`from emails m cross join lateral (
        select * from invitations where account_id = m.account_id and id = m.subject_id limit 1) i
      where m.account_id = ${reach.accountId} and ${isOutstanding} and m.standing = ${mail} and ${isLatest} and ${where}`,
    key,
  };
}

const stateIs: Record<InvitationState, SQL> = {
  open: sql`i.state = 'open' and i.expires_at > now()`,
  accepted: sql`i.state = 'accepted'`,
  revoked: sql`i.state = 'revoked'`,
  expired: sql`(i.state = 'expired' or (i.state = 'open' and i.expires_at <= now()))`,
};

/** Those that ran out and are marked so, and the few that nobody has marked yet: each by its index. */
const allExpired = sql.raw(`(
  select * from invitations where state = 'expired' union all
  select * from invitations where state = 'open' and expires_at <= now()) i`);

/** Of a mail `m`: what the index over mails that did not arrive holds, in its words. */
const isOutstanding = sql.raw(
  "m.kind in ('invitation', 'reminder') and m.standing not in ('delivered', 'handed_over', 'in_local_mailbox')",
);

/** Of a mail `m` of the invitation `i`: a reminder comes after the invitation, and a resend begins anew. */
const isLatest = sql.raw(
  "m.generation = i.generation and m.kind = case when i.reminded_at is null then 'invitation' else 'reminder' end",
);

const longAgo = sql.raw(`now() - interval '${chaseAfterDays} days'`);

/** Open, last mailed days ago to an address that takes mail, and nobody has joined by it. */
export const toChase: SQL = sql`i.state = 'open' and i.expires_at > now() and i.id < uuid_v7_floor(${longAgo})
  and (i.resent_at is null or i.resent_at < ${longAgo}) and not exists (
    select from emails m where m.account_id = i.account_id and m.subject_id = i.id and ${isOutstanding} and ${isLatest}
      and m.standing in ('queued', 'waiting', 'bounced', 'complained', 'failed', 'unknown', 'withdrawn'))`;

function ofPeople({ search, department }: InvitationsFilter, { all = false }: Reach): SQL | undefined {
  if (!search && !department) return undefined;
  const named = search ? usersWhere({ search }, all ? "all" : "page") : sql`true`;
  const employed = department ? sql`department = ${department}` : sql`true`;
  const newest = department && !all ? sql`order by id desc limit ${matchingCap + 1}` : sql``;
  return sql`i.user_id in (select id from users where ${named} and ${employed} ${newest})`;
}
