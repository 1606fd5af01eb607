import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, pageOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import type { MailStanding } from "#lib/mail/mail-standing.ts";
import type { InvitationState } from "./invitation-view.ts";
import { dearCap, type InvitationsFilter, isDear, matchingInvitations } from "./matching-invitations.ts";
import { seesInvitations } from "./who-sees-invitations.ts";

export type ListedInvitation = {
  id: string;
  email: string;
  /** Of the person; null where they have none or are gone. */
  name: string | null;
  userId: string | null;
  state: InvitationState;
  /** The latest mail; null where there is none. */
  mail: MailStanding | null;
  /** Until when a waiting mail does not go out; null also while nobody can say. */
  mailNotBefore: Date | null;
  source: string;
  runId: string | null;
  invitedBy: string | null;
  createdAt: Date;
  resentAt: Date | null;
  expiresAt: Date;
};

type View = InvitationsFilter & { after?: string | undefined; before?: string | undefined };
type Listed = {
  invitations: ListedInvitation[];
  previous: string | null;
  next: string | null;
  matching: Matching;
};

const pageSize = 50;

/** Newest first, 50 a page, each with its latest mail. */
export async function listInvitations(actor: Actor, view: View): Promise<Listed> {
  authorize(actor, seesInvitations);
  const { accountId } = actor;
  const { found, order } = matchingInvitations(view, {
    accountId,
    after: view.after,
    before: view.before,
    limit: pageSize + 1,
  });
  const counted = matchingInvitations(view, { accountId }).found;
  const cap = isDear(view) ? dearCap : matchingCap;
  const [, rows, [count]] = await readAccount<[Row, Row, { n: string }]>(
    actor,
    asIndexed,
    sql`
      with page as materialized (
        select i.*, 'invitation:' || i.id || ':' || i.generation as letter, 'reminder:' || i.id || ':' || i.generation as reminder
        ${found} order by ${order("i")} limit ${pageSize + 1})
      ${facts} order by ${order("p")}`,
    sql`select count(*) as n from (select ${counted} limit ${cap + 1}) capped`,
  );
  const n = Number(count?.n);
  const page = pageOf(rows, pageSize, view, (row) => row.id);
  return {
    ...page,
    invitations: page.rows.map(toListed),
    matching: { count: Math.min(n, cap), capped: n > cap },
  };
}

/** A page is the beginning of an index; Postgres may think that sorting all that matches costs less. */
const asIndexed = sql`select set_config(name, 'off', true) from unnest(array['enable_sort', 'enable_bitmapscan']) name`;

const facts = sql`
  select p.id, p.email, p.source, p.run_id, p.created_at, p.resent_at, p.expires_at, u.id as user_id,
    case when p.state = 'open' and p.expires_at <= now() then 'expired' else p.state end as state,
    nullif(concat_ws(' ', u.first_name, u.last_name), '') as name,
    coalesce(nullif(concat_ws(' ', b.first_name, b.last_name), ''), b.email) as invited_by,
    coalesce(nullif(r.standing, 'withdrawn'), m.standing) as mail,
    case when m.standing = 'waiting' then nullif(m.next_attempt_at, 'infinity') end as mail_not_before
  from page p
  left join users u on u.account_id = p.account_id and u.id = p.user_id
  left join users b on b.account_id = p.account_id and b.id = p.invited_by
  left join emails m on m.account_id = p.account_id and m.key = p.letter
  left join emails r on r.account_id = p.account_id and r.key = p.reminder`;

type Row = Record<"id" | "email" | "source" | "created_at" | "expires_at", string> &
  Record<"name" | "user_id" | "run_id" | "invited_by" | "resent_at" | "mail_not_before", string | null> & {
    state: InvitationState;
    mail: MailStanding | null;
  };

const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

const toListed = (row: Row): ListedInvitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  userId: row.user_id,
  state: row.state,
  mail: row.mail,
  mailNotBefore: at(row.mail_not_before),
  source: row.source,
  runId: row.run_id,
  invitedBy: row.invited_by,
  createdAt: new Date(row.created_at),
  resentAt: at(row.resent_at),
  expiresAt: new Date(row.expires_at),
});
