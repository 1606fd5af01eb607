import { randomBytes } from "node:crypto";
import { type Acceptance, acceptInvitation } from "#lib/invitations/accept-invitation.ts";
import { confirmAddress } from "#lib/invitations/confirm-address.ts";
import { findAddressProof } from "#lib/invitations/find-address-proof.ts";
import { findJoinLink } from "#lib/invitations/find-join-link.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { openPeople } from "../users/people.ts";

export const visitor = { ip: "192.0.2.7", userAgent: "Browser/1" };

export type Invited = { userId: string; id: string; email: string; mailed: string; copied: string };
export type Press = { token: string; press: string };

/** People of the first account who were invited, with the links that were mailed and copied. */
export async function openInvited() {
  const people = await openPeople();
  const key = randomBytes(32).toString("base64");
  const { sql, asApp } = people;
  const mailed = (id: string, generation = 1) => mintLinkToken(key, "join", id, `mail:${generation}`);
  const find = (token: string) => asApp(() => findJoinLink(key, token));
  const findProof = (token: string) => asApp(() => findAddressProof(key, token));

  async function invited(of: TestAccount = people.acme): Promise<Invited> {
    const userId = await people.person({ status: "invited" }, of);
    await sql`update users set email_validation = 'pending' where id = ${userId}`;
    const [row] = await sql`
      insert into invitations (account_id, user_id, email, source, expires_at)
      select account_id, id, email, 'invite', now() + interval '14 days' from users where id = ${userId} returning id, email`;
    const id = row?.id as string;
    return {
      userId,
      id,
      email: row?.email,
      mailed: mailed(id),
      copied: mintLinkToken(key, "join", id, "copy"),
    };
  }

  /** What a form holds whose button is pressed; the link has to be good still. */
  async function press(token: string, look: typeof find | typeof findProof = find): Promise<Press> {
    const found = await look(token);
    if (!found.isOpen) throw new Error("the link is dead already");
    return { token, press: found.press };
  }

  const accept = (acceptance: Acceptance) => asApp(() => acceptInvitation(key, acceptance, visitor));
  const confirm = (pressed: Press) => asApp(() => confirmAddress(key, pressed, visitor));
  /** The link of the mail that went out when the person joined by a copied link. */
  const proofOf = async (userId: string) =>
    mintLinkToken(
      key,
      "verify",
      (await sql`select id from address_proofs where user_id = ${userId} order by id desc limit 1`)[0]?.id,
    );
  async function joinByCopy(someone: Invited): Promise<string> {
    await accept(await press(someone.copied));
    return proofOf(someone.userId);
  }
  /** A provider of single sign-on for the account's domain. */
  const connect = async (of: TestAccount) =>
    (
      await sql`insert into sso_connections (account_id, name, issuer, client_id, enabled)
        values (${of.id}, 'Acme', 'https://id.acme.test', 'rollcall', true) returning id`
    )[0]?.id as string;
  /** All that joining could change. */
  const everything = async () => ({
    users: await sql`select * from users order by id`,
    invitations: await sql`select * from invitations order by id`,
    rest: await sql`select (select count(*) from sessions) + (select count(*) from emails)
      + (select count(*) from address_proofs) + (select count(*) from audit_events) as n`,
  });
  return {
    ...people,
    key,
    invited,
    find,
    findProof,
    press,
    accept,
    confirm,
    mailed,
    proofOf,
    joinByCopy,
    connect,
    everything,
  };
}

export type World = Awaited<ReturnType<typeof openInvited>>;
