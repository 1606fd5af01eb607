import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import type { Claims } from "../read-claims.ts";
import type { SsoReason } from "../sso-reasons.ts";
import type { Connection } from "./connection-in-use.ts";

/** `bound`: known by issuer and subject. `invitationId`: what lets a person in who has not joined yet. */
export type Person = {
  userId: string;
  userName: string;
  status: "active" | "signed_up" | "invited";
  bound: boolean;
  isOwner: boolean;
  invitationId: string | null;
};

type Row = Omit<Person, "status"> & { status: string; domainIsOurs: boolean; hasIdentity: boolean };

/** Whom the token means, if they may come in; after the first time never by the address. */
export async function personOfIdentity(
  tx: Transaction,
  connection: Connection,
  claims: Claims,
): Promise<Person | SsoReason> {
  const bySubject = sql`u.id = (select user_id from identities where issuer = ${claims.issuer} and subject = ${claims.subject})`;
  const known = await person(tx, claims, bySubject);
  const mistrusted = (found: Row) => found.isOwner && !connection.setByOwner;
  // Also who became an owner after they were bound: whoever set the provider up may be who it says they are.
  if (known) return mistrusted(known) ? "owner_not_trusted" : mayComeIn(known);
  const email = confirmedAddress(connection, claims);
  if (!email.ok) return email.reason;
  if (!(await isVerifiedDomain(tx, email.domain))) return "foreign_domain";
  const meant = await person(tx, claims, sql`u.email_norm = lower(${email.address} collate "C")`);
  if (!meant) return "unknown_person";
  if (meant.hasIdentity) return "other_identity";
  if (mistrusted(meant)) return "owner_not_trusted";
  return mayComeIn(meant);
}

/** A provider speaks for the account's own domains, also of people whom it was bound to before one was given up. */
function mayComeIn({ status, domainIsOurs, hasIdentity: _, ...person }: Row): Person | SsoReason {
  if (!domainIsOurs) return "foreign_domain";
  if (status === "suspended") return "suspended";
  const joined = status === "active" || status === "signed_up";
  const invited = status === "invited" && person.invitationId !== null;
  return joined || invited ? { ...person, status: status as Person["status"] } : "unknown_person";
}

async function person(tx: Transaction, claims: Claims, which: SQL): Promise<Row | null> {
  const [row] = await tx.execute<Row>(sql`
    select u.id as "userId", u.status,
      coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email, '') as "userName",
      exists (select from identities i where i.user_id = u.id and i.issuer = ${claims.issuer}
        and i.subject = ${claims.subject}) as bound,
      exists (select from identities i where i.user_id = u.id and i.issuer = ${claims.issuer}) as "hasIdentity",
      exists (select from role_holders h join roles r on r.account_id = h.account_id and r.id = h.role_id
        where h.user_id = u.id and r.kind = 'owner') as "isOwner",
      exists (select from account_domains d where d.domain = split_part(u.email_norm, '@', 2)
        and d.verified_at is not null) as "domainIsOurs",
      (select i.id from invitations i where i.user_id = u.id and i.email_norm = u.email_norm
        and i.state = 'open' and i.expires_at > now()) as "invitationId"
    from users u where ${which} for update of u`);
  return row ?? null;
}

type Confirmed = { ok: true; address: string; domain: string } | { ok: false; reason: SsoReason };

function confirmedAddress(connection: Connection, claims: Claims): Confirmed {
  if (claims.email === null) return { ok: false, reason: "no_address" };
  const silentAndTrusted = claims.emailVerified === null && connection.trustsAddresses;
  const read = readEmailAddress(claims.email);
  if (!read.ok || !(claims.emailVerified || silentAndTrusted))
    return { ok: false, reason: "address_not_confirmed" };
  return read;
}

async function isVerifiedDomain(tx: Transaction, domain: string): Promise<boolean> {
  const [row] = await tx.execute(sql`
    select from account_domains where domain = ${domain} and verified_at is not null`);
  return row !== undefined;
}
