import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import type { NamedInvitation } from "../link/read-invitation.ts";

/** Clean; an absent name stays as it is, a blank one is emptied. */
export type Joining = { firstName?: string; lastName?: string };
export type Change = { field: string; before: string | null; after: string | null };

type Row = {
  status: string;
  first_before: string | null;
  last_before: string | null;
  first_name: string | null;
  last_name: string | null;
};

/**
 * Accepts the invitation and makes its person a user, in one statement: whatever has ended either meanwhile, ends it.
 * Locks the person first, as everybody does who changes both. Null when there was nothing left to accept.
 */
export async function settleInvitation(
  tx: Transaction,
  { id, userId, email, channel, generation }: NamedInvitation,
  { firstName, lastName }: Joining,
): Promise<Change[] | null> {
  const proved = channel === "mail";
  const [row] = await tx.execute<Row>(sql`
    with person as (
      select id, first_name, last_name from users
      where id = ${userId} and status = 'invited' and email_norm = lower(${email} collate "C") for update),
    accepted as (
      update invitations i set state = 'accepted', ended_at = now(), opened_at = coalesce(i.opened_at, now())
      from person p where i.id = ${id} and i.user_id = p.id and i.state = 'open' and i.expires_at > now()
        and (not ${proved} or i.generation = ${generation})
      returning i.user_id, p.first_name, p.last_name)
    update users u set status = ${proved ? "active" : "signed_up"},
      email_validation = case when ${proved} then 'validated' else u.email_validation end,
      first_name = ${firstName === undefined ? sql`u.first_name` : firstName || null},
      last_name = ${lastName === undefined ? sql`u.last_name` : lastName || null},
      version = u.version + 1, updated_at = now()
    from accepted a where u.id = a.user_id
    returning u.status, a.first_name as first_before, a.last_name as last_before, u.first_name, u.last_name`);
  return row ? changesOf(row) : null;
}

const changesOf = (row: Row): Change[] =>
  [
    { field: "status", before: "invited", after: row.status },
    { field: "first_name", before: row.first_before, after: row.first_name },
    { field: "last_name", before: row.last_before, after: row.last_name },
  ].filter(({ before, after }) => before !== after);
