import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { isId } from "#lib/db/is-id.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { MailStanding } from "#lib/mail/mail-standing.ts";
import { standingSince } from "#lib/mail/standing-since.ts";

export type InvitationOf = {
  id: string;
  email: string;
  /** Open ones that ran out are *expired*. */
  state: "open" | "accepted" | "revoked" | "expired";
  source: string;
  runId: string | null;
  invitedBy: string | null;
  createdAt: Date;
  openedAt: Date | null;
  endedAt: Date | null;
  expiresAt: Date;
  mails: { standing: MailStanding; at: Date }[];
};

type Row = Record<"id" | "email" | "source" | "created_at" | "expires_at", string> &
  Record<"run_id" | "invited_by" | "opened_at" | "ended_at", string | null> & {
    state: InvitationOf["state"];
    mails: { standing: MailStanding; at: string }[] | null;
  };

const mostInvitations = 20;
const at = (instant: string | null): Date | null => (instant === null ? null : new Date(instant));

/** All that became of the person's invitations, the latest first. */
export async function listInvitationsOf(actor: UserActor, userId: string): Promise<InvitationOf[]> {
  authorize(actor, "users.view");
  if (!isId(userId)) return [];
  // The fence (offset 0) makes the key a plain column: under row-level security only that goes into the index.
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Row>(sql`
      select i.id, i.email, i.source, i.run_id, i.created_at, i.opened_at, i.ended_at, i.expires_at,
        case when i.state = 'open' and i.expires_at <= now() then 'expired' else i.state end as state,
        coalesce(nullif(concat_ws(' ', b.first_name, b.last_name), ''), b.email) as invited_by,
        (select json_agg(json_build_object('standing', m.standing, 'at', ${standingSince("m")}) order by m.id)
          from (select i.account_id, 'invitation:' || i.id || ':' || g as key from generate_series(1, i.generation) g
            offset 0) letter join emails m on m.account_id = letter.account_id and m.key = letter.key) as mails
      from invitations i left join users b on b.account_id = i.account_id and b.id = i.invited_by
      where i.user_id = ${userId} order by i.id desc limit ${mostInvitations}`),
  );
  return [...rows].map((row) => ({
    id: row.id,
    email: row.email,
    state: row.state,
    source: row.source,
    runId: row.run_id,
    invitedBy: row.invited_by,
    createdAt: new Date(row.created_at),
    openedAt: at(row.opened_at),
    endedAt: at(row.ended_at),
    expiresAt: new Date(row.expires_at),
    mails: (row.mails ?? []).map((mail) => ({ standing: mail.standing, at: new Date(mail.at) })),
  }));
}
