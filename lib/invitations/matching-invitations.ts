import { type SQL, sql } from "drizzle-orm";
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

type Reach = {
  accountId: string;
  /** The last invitation of the page before, or the first of the one behind. */
  after?: string | undefined;
  before?: string | undefined;
  /** No more than so many of the first are needed. */
  limit?: number;
  /** Of a search: everybody whom it finds, and not the first thousand. */
  all?: boolean;
};

/** `found`: `from … where …` over the invitations `i`; `order`: the newest first, with `before` the other way round. */
type Found = { found: SQL; order: (invitation: "i" | "p") => SQL };

/** Days since the latest mail after which somebody who has not joined is to be chased. */
export const chaseAfterDays = 3;

/** How far those are counted that no index counts, and people are looked for by a search. */
export const dearCap = 1_000;

/** Whether the filter asks for what no index counts. */
export const isDear = ({ search, mail, department, chase }: InvitationsFilter): boolean =>
  Boolean(search || mail || department || chase);

/**
 * The invitations that match, from where there are fewest: mails that did not arrive, people of a name or department (the
 * newest people first), or else the invitations themselves.
 */
export function matchingInvitations(filter: InvitationsFilter, reach: Reach): Found {
  const { mail, search, department, state } = filter;
  if (mail) return byMail(filter, mail, reach);
  if (search || department) return byPerson(filter, reach);
  if (state === "expired") return ofExpired(filter, reach);
  const found = sql`from invitations i where ${ofAccount(reach)} and ${cursor(sql`i.id`, reach)} and ${conditionsOf(filter)}`;
  return { found, order: newest(reach) };
}

/** Those that ran out and are marked so, and those that nobody has marked yet, which are few: each by its index. */
function ofExpired(filter: InvitationsFilter, reach: Reach): Found {
  const rest = sql`${ofAccount(reach)} and ${cursor(sql`i.id`, reach)} and ${conditionsOf({ ...filter, state: undefined })}
    ${reach.limit ? sql`order by i.id ${direction(reach)} limit ${reach.limit}` : sql``}`;
  const unmarked = sql`select * from invitations where state = 'open' and expires_at <= now() order by expires_at limit 10001`;
  return {
    found: sql`from ((select i.* from invitations i where i.state = 'expired' and ${rest})
      union all (select i.* from (${unmarked}) i where ${rest})) i`,
    order: newest(reach),
  };
}

function byMail(filter: InvitationsFilter, mail: string, reach: Reach): Found {
  const people =
    filter.search || filter.department ? sql`i.user_id in (${peopleOf(filter, reach)})` : sql`true`;
  return {
    found: sql`from emails m cross join lateral (
        select * from invitations where account_id = m.account_id and id = m.subject_id limit 1) i
      where m.account_id = ${reach.accountId} and ${isOutstanding} and m.standing = ${mail} and ${cursor(sql`m.subject_id`, reach)}
        and ${isLatest} and ${people} and ${conditionsOf(filter)}`,
    order: (invitation) => (invitation === "p" ? newest(reach)("p") : sql`m.subject_id ${direction(reach)}`),
  };
}

function byPerson(filter: InvitationsFilter, reach: Reach): Found {
  const at = reach.after ?? reach.before;
  const person = sql`(select c.user_id from invitations c where c.account_id = ${reach.accountId} and c.id = ${at}::uuid)`;
  const [beyond, upTo] = reach.after ? [sql.raw("<"), sql.raw("<=")] : [sql.raw(">"), sql.raw(">=")];
  const people = at ? sql`id ${upTo} ${person}` : sql`true`;
  const rest = at ? sql`(u.id ${beyond} ${person} or i.id ${beyond} ${at}::uuid)` : sql`true`;
  return {
    found: sql`from (
        ${peopleOf(filter, reach)} and account_id = ${reach.accountId} and ${people} order by id ${direction(reach)} offset 0) u
      cross join lateral (
        select * from invitations where account_id = ${reach.accountId} and user_id = u.id offset 0) i
      where ${rest} and ${conditionsOf(filter)}`,
    order: (invitation) =>
      invitation === "p"
        ? sql`p.user_id ${direction(reach)}, p.id ${direction(reach)}`
        : sql`u.id ${direction(reach)}, i.id ${direction(reach)}`,
  };
}

function peopleOf({ search, department }: InvitationsFilter, { all = false }: Reach): SQL {
  // As an array the few that the search finds come first; else all people might be walked to find them.
  const named = search
    ? sql`id = any (array(select id from users where ${usersWhere({ search }, all ? "all" : dearCap)}))`
    : sql`true`;
  return sql`select id from users where ${named} and ${department ? sql`department = ${department}` : sql`true`}`;
}

const ofAccount = ({ accountId }: Reach): SQL => sql`i.account_id = ${accountId}`;

const direction = ({ before }: Reach): SQL => sql.raw(before ? "asc" : "desc");

const newest =
  (reach: Reach) =>
  (invitation: "i" | "p"): SQL =>
    sql`${sql.raw(invitation)}.id ${direction(reach)}`;

const cursor = (id: SQL, { after, before }: Reach): SQL =>
  before ? sql`${id} > ${before}::uuid` : after ? sql`${id} < ${after}::uuid` : sql`true`;

function conditionsOf({ state, source, run, chase }: InvitationsFilter): SQL {
  const parts = [
    state ? stateIs[state] : null,
    source ? sql`i.source = ${source}` : null,
    run ? sql`i.run_id = ${run}::uuid` : null,
    chase ? toChase : null,
  ];
  return sql.join([sql`true`, ...parts.filter((part) => part !== null)], sql` and `);
}

const stateIs: Record<InvitationState, SQL> = {
  open: sql`i.state = 'open' and i.expires_at > now()`,
  accepted: sql`i.state = 'accepted'`,
  revoked: sql`i.state = 'revoked'`,
  expired: sql`(i.state = 'expired' or (i.state = 'open' and i.expires_at <= now()))`,
};

/** Of a mail `m`: what the index over mails that did not arrive holds, in its words. */
const isOutstanding = sql.raw(
  "m.kind in ('invitation', 'reminder') and m.standing not in ('delivered', 'handed_over', 'in_local_mailbox')",
);

/**
 * Of a mail `m` of the invitation `i`: a reminder comes after the invitation, unless it was taken back, and a resend begins
 * anew.
 */
const isLatest = sql.raw(`m.generation = i.generation and case m.kind
  when 'reminder' then m.standing <> 'withdrawn'
  else i.reminded_at is null or not exists (
    select from emails r where r.account_id = i.account_id and r.key = 'reminder:' || i.id || ':' || i.generation
      and r.standing <> 'withdrawn') end`);

const longAgo = sql.raw(`now() - interval '${chaseAfterDays} days'`);

/** Open, last mailed days ago to an address that takes mail, and nobody has joined by it. */
export const toChase: SQL = sql`i.state = 'open' and i.expires_at > now() and i.id < uuid_v7_floor(${longAgo})
  and (i.resent_at is null or i.resent_at < ${longAgo}) and not exists (
    select from emails m where m.account_id = i.account_id and m.subject_id = i.id and ${isOutstanding} and ${isLatest}
      and m.standing in ('queued', 'waiting', 'bounced', 'complained', 'failed', 'unknown', 'withdrawn'))`;
