import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import type { MailStanding } from "#lib/mail/mail-standing.ts";

export type LatestInvitation = {
  id: string;
  userId: string;
  email: string;
  /** Of the person, where it is known. */
  name: string | null;
  /** Open ones that ran out are *expired*. */
  state: "open" | "accepted" | "revoked" | "expired";
  invitedBy: string | null;
  /** When it was made, or mailed anew. */
  at: Date;
  expiresAt: Date;
  /** Where the latest one is. */
  mail: MailStanding | null;
};

type Row = Record<"id" | "user_id" | "email" | "at" | "expires_at", string> &
  Record<"name" | "invited_by", string | null> & {
    state: LatestInvitation["state"];
    mail: LatestInvitation["mail"];
  };

const shown = 20;

/** The newest of whatever source, the latest first. */
export async function listLatestInvitations(actor: UserActor): Promise<LatestInvitation[]> {
  authorize(actor, "invitations.view");
  const rows = await withAccount(actor, (tx) =>
    tx.execute<Row>(sql`
      select i.id, i.user_id, i.email, coalesce(i.resent_at, i.created_at) as at, i.expires_at,
        case when i.state = 'open' and i.expires_at <= now() then 'expired' else i.state end as state,
        nullif(concat_ws(' ', u.first_name, u.last_name), '') as name,
        coalesce(nullif(concat_ws(' ', b.first_name, b.last_name), ''), b.email) as invited_by,
        (select m.standing from (select i.account_id, 'invitation:' || i.id || ':' || i.generation as key offset 0) letter
          join emails m on m.account_id = letter.account_id and m.key = letter.key) as mail
      from (select * from invitations where account_id = ${actor.accountId} order by id desc limit ${shown}) i
      left join users u on u.account_id = i.account_id and u.id = i.user_id
      left join users b on b.account_id = i.account_id and b.id = i.invited_by
      order by i.id desc`),
  );
  return [...rows].map(({ user_id, invited_by, expires_at, at, ...row }) => ({
    ...row,
    userId: user_id,
    invitedBy: invited_by,
    at: new Date(at),
    expiresAt: new Date(expires_at),
  }));
}
