"use server";
import { z } from "zod";
import { formAction, type Outcome } from "#app/_web/form-action.ts";
import { requestPath } from "#app/_web/request-path.ts";
import { stationery } from "#app/_web/stationery.ts";
import { copyLink } from "#lib/invitations/copy-link.ts";
import { invitePeople } from "#lib/invitations/invite-people.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { revokeInvitation } from "#lib/invitations/revoke-invitation.ts";
import { answerSentence, closedSentences, whyNotResent } from "./invitation-sentences.ts";

const named = z.object({ invitation: z.uuid() });

/** Back to the page that the button stands on. */
async function done(message: string): Promise<Outcome<never>> {
  return { ok: true, to: await requestPath(), flash: { tone: "success", message } };
}

export const resend = formAction(
  named,
  async ({ invitation }, actor): Promise<Outcome<"not_resent">> => {
    const result = await resendInvitation(actor, invitation);
    if (result.ok) return done(`Invited again: the mail to ${result.email} goes out now.`);
    return { ok: false, reason: "not_resent", sentence: whyNotResent(result) };
  },
  { not_resent: "It was not sent again." },
);

export const revoke = formAction(
  named,
  async ({ invitation }, actor): Promise<Outcome<keyof typeof closedSentences>> => {
    const result = await revokeInvitation(actor, invitation);
    return result.ok ? done(`Revoked: the links to ${result.email} lead nowhere any more.`) : result;
  },
  { ...closedSentences, expired: "This invitation has run out already." },
);

export const showLink = formAction(
  named,
  async ({ invitation }, actor) => {
    const result = await copyLink(actor, invitation, stationery());
    return result.ok ? { ok: true, values: { link: result.link } } : result;
  },
  closedSentences,
);

export const invitePerson = formAction(
  z.object({ address: z.string() }),
  async ({ address }, actor): Promise<Outcome<"not_invited">> => {
    const result = await invitePeople(actor, { addresses: [address], message: "" });
    const is = result.ok ? result.answers[0]?.is : undefined;
    if (is?.answer === "invited") return done(answerSentence(is));
    return { ok: false, reason: "not_invited", ...(is ? { sentence: answerSentence(is) } : {}) };
  },
  { not_invited: "Nobody was invited: this person has no address." },
);
