import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import type { AddressAnswer } from "../address-answer.ts";
import { openInvitations } from "../open-invitations.ts";

type Known = {
  id: string;
  email_norm: string;
  status: "not_invited" | "invited" | "signed_up" | "active" | "suspended" | "deleted";
  open_invitation: string | null;
};

/**
 * Invites whoever can be of these addresses, which are good and different; the answers by the address in lower case.
 * Of two who invite somebody at once the second waits, and finds what the first has done.
 */
export async function inviteAddresses(
  tx: Transaction,
  actor: UserActor,
  addresses: string[],
  message: string | null,
): Promise<Map<string, AddressAnswer>> {
  const known = await holdPeople(tx, actor.accountId, addresses);
  const invitable = known.filter((person) => howInvited(person) !== null).map(({ id }) => id);
  if (invitable.length === 0) return answersOf(known, []);
  const people = sql`(select id as user_id from unnest(${sql.param(invitable)}::uuid[]) id)`;
  const { accountId, userId: invitedBy } = actor;
  return answersOf(
    known,
    await openInvitations(tx, people, { accountId, source: "invite", invitedBy, message }),
  );
}

/** Whoever is not here yet is added, in the order of the addresses, so that nobody waits in a circle. */
async function holdPeople(tx: Transaction, accountId: string, addresses: string[]) {
  const made = await tx.execute<{ id: string }>(sql`
    insert into users (account_id, email, status, email_validation, source)
    select ${accountId}::uuid, email, 'invited', 'pending', 'invite'
    from unnest(${sql.param(addresses)}::text[]) email order by lower(email collate "C")
    on conflict (account_id, email_norm) where email_norm is not null do nothing returning id`);
  const isNew = new Set([...made].map(({ id }) => id));
  const norms = addresses.map((address) => address.toLowerCase());
  await tx.execute(sql`
    select from users where email_norm = any (${sql.param(norms)}::text[]) order by id for update`);
  const known = await tx.execute<Known>(sql`
    select u.id, u.email_norm, u.status, i.id as open_invitation from users u
    left join invitations i on i.account_id = u.account_id and i.email_norm = u.email_norm and i.state = 'open'
      and i.expires_at > now()
    where u.email_norm = any (${sql.param(norms)}::text[])`);
  return [...known].map((person) => ({ ...person, isNew: isNew.has(person.id) }));
}

type Held = Known & { isNew: boolean };

function howInvited({ isNew, status, open_invitation }: Held) {
  if (isNew) return "new";
  if (status === "not_invited" || status === "deleted") return status;
  return status === "invited" && open_invitation === null ? "renewed" : null;
}

type Opened = Awaited<ReturnType<typeof openInvitations>>;

function answersOf(known: Held[], opened: Opened): Map<string, AddressAnswer> {
  const byUser = new Map(opened.map((invitation) => [invitation.userId, invitation]));
  return new Map(known.map((person) => [person.email_norm, answerOf(person, byUser.get(person.id))]));
}

function answerOf(person: Held, opened: Opened[number] | undefined): AddressAnswer {
  const { id: userId, status, open_invitation } = person;
  const how = howInvited(person);
  if (opened && how) return { answer: "invited", how, ...opened };
  if (status === "active" || status === "signed_up") return { answer: "already_user", status, userId };
  if (status === "suspended") return { answer: "suspended", userId };
  return { answer: "already_invited", invitationId: open_invitation as string, userId };
}
