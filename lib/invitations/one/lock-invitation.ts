import { sql } from "drizzle-orm";
import { isId } from "#lib/db/is-id.ts";
import type { Transaction } from "#lib/db/with-account.ts";

export type InvitationRow = {
  id: string;
  user_id: string;
  email: string;
  /** Open ones that ran out are *expired*. */
  state: "open" | "accepted" | "revoked" | "expired";
  generation: number;
  expires_at: string;
  /** Null: never, by hand. */
  minutes_since_resent: number | null;
  /** Of the person now; null where they are gone. */
  status: string | null;
  /** The person has this address still. */
  is_address_kept: boolean;
  is_domain_ours: boolean;
  /** Another one to the address is open. */
  is_replaced: boolean;
  suppressed: "bounced" | "complained" | null;
};

/** The invitation and its person as they are, and nobody changes them before `tx` ends; null where there is none. */
export async function lockInvitation(tx: Transaction, id: string): Promise<InvitationRow | null> {
  if (!isId(id)) return null;
  // People before their invitations, as everywhere; and alone: a statement that waits for a lock goes on with what its
  // other tables held before.
  await tx.execute(sql`
    select from users where id = (select user_id from invitations where id = ${id}) for update`);
  await tx.execute(sql`select from invitations where id = ${id} for update`);
  const [row] = await tx.execute<InvitationRow>(sql`
    select i.id, i.user_id, i.email, i.generation, i.expires_at, u.status, s.reason as suppressed,
      case when i.state = 'open' and i.expires_at <= now() then 'expired' else i.state end as state,
      floor(extract(epoch from now() - i.resent_at) / 60)::int as minutes_since_resent,
      coalesce(u.email_norm = i.email_norm, false) as is_address_kept,
      exists (select from account_domains d
        where d.domain = split_part(i.email_norm, '@', 2) and d.verified_at is not null) as is_domain_ours,
      exists (select from invitations o
        where o.email_norm = i.email_norm and o.state = 'open' and o.id <> i.id) as is_replaced
    from invitations i
    left join users u on u.account_id = i.account_id and u.id = i.user_id
    left join suppressed_addresses s on s.account_id = i.account_id and s.email_norm = i.email_norm
    where i.id = ${id}`);
  return row ?? null;
}

/** Of all mails of the invitation, up to this generation. */
export const mailKeysOf = ({ id, generation }: Pick<InvitationRow, "id" | "generation">): string[] =>
  Array.from({ length: generation }, (_, before) => before + 1).flatMap((each) => [
    `invitation:${id}:${each}`,
    `reminder:${id}:${each}`,
  ]);
