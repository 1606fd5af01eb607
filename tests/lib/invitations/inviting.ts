import { invitePeople } from "#lib/invitations/invite-people.ts";
import { openPeople } from "../users/people.ts";

/** People, and what a test of inviting asks about them. */
export async function openInviting() {
  const people = await openPeople();
  const { sql, acme } = people;
  let made = 0;

  const invite = (addresses: string[], message = "", by = people.owner) =>
    people.asApp(() => invitePeople(by, { addresses, message }));

  /** The one answer to the one address. */
  async function answerTo(address: string) {
    const result = await invite([address]);
    if (!result.ok || result.answers.length !== 1) throw new Error(JSON.stringify(result));
    return result.answers[0]?.is;
  }

  /** Somebody of this status, with an open invitation or one that ran out where it says so. */
  async function known(status: string, offer: "open" | "run out" | null = null) {
    const id = await people.person({ status });
    const email = (await people.row(id)).email as string;
    if (offer === null) return { id, email, invitation: null };
    const invitation = (await people.invite(id)).id;
    if (offer === "run out")
      await sql`update invitations set expires_at = now() - interval '1 s' where id = ${invitation}`;
    return { id, email, invitation };
  }

  return {
    ...people,
    domain: acme.domain,
    inviteThem: invite,
    answerTo,
    known,
    fresh: () => `new${++made}@${acme.domain}`,
    userOf: async (email: string) =>
      (
        await sql`select * from users where account_id = ${acme.id} and email_norm = ${email.toLowerCase()}`
      )[0],
    openOf: (email: string) =>
      sql`select * from invitations where account_id = ${acme.id} and email_norm = ${email.toLowerCase()} and state = 'open'`,
    mailsOf: (invitationId: string) =>
      sql`select key, kind, recipient, state, error, run_id, priority, language from emails where subject_id = ${invitationId}`,
    sendings: () =>
      sql`select details from audit_events where action = 'invitations.sent' and account_id = ${acme.id} order by id`,
  };
}

export type Inviting = Awaited<ReturnType<typeof openInviting>>;
