"use server";
import { z } from "zod";
import { openBrowserSession } from "#app/_web/auth.ts";
import { publicFormAction } from "#app/_web/form-action.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { linkToken } from "#app/_web/link-token.ts";
import { settings } from "#app/_web/settings.ts";
import { visitor } from "#app/_web/visitor.ts";
import { acceptInvitation } from "#lib/invitations/accept-invitation.ts";
import { maskedAddress } from "../masked-address.ts";

const name = z.string().max(10_000, "This is far too long. Shorten it.").optional();

export const join = publicFormAction(
  z.object({ token: linkToken, press: z.string().max(500).catch(""), firstName: name, lastName: name }),
  async (acceptance) => {
    const accepted = await acceptInvitation(settings().ROLLCALL_TOKEN_KEY, acceptance, await visitor());
    if (!accepted.ok && accepted.reason === "dead_link")
      // What a dead link is told by its page, however it got there.
      return (await limitVisitor("join_link")) ?? { ok: true, to: `/join/${acceptance.token}` };
    if (!accepted.ok) return accepted;
    if (accepted.next === "sso") return { ok: true, to: `/sign-in/sso/${accepted.connectionId}` };
    if (accepted.next === "check_mail") {
      const message = `A mail is on its way to ${maskedAddress(accepted.email)}.`;
      return { ok: true, to: "/join/check-your-mail", flash: { tone: "success", message } };
    }
    await openBrowserSession(accepted.sessionId);
    return { ok: true, to: `/a/${accepted.accountSlug}/me` };
  },
  {
    not_pressed: "Press Join to go on.",
    invalid: "Nothing is done yet. Mend what is marked below.",
    too_many: "There were too many attempts.",
  },
);
