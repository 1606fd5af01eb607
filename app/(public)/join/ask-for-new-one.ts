"use server";
import { after } from "next/server";
import { z } from "zod";
import { publicFormAction } from "#app/_web/form-action.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { logFailure } from "#app/_web/log-failure.ts";
import { visitor } from "#app/_web/visitor.ts";
import { requestNewInvitation } from "#lib/invitations/request-new-invitation.ts";

const message =
  "If that address was invited, a new invitation is on its way to it; if it has joined already, a link to sign in.";

/** The answer is the same whoever asks, so that nobody learns which addresses are known. */
export const askForNewOne = publicFormAction(
  z.object({
    email: z.string().trim().min(1, "Enter your address.").max(254, "That is too long for an address."),
  }),
  async ({ email }) => {
    const tooMany = (await limitVisitor("invitation_form")) ?? (await limitVisitor("mailed_link", email));
    if (tooMany) return tooMany;
    const who = await visitor();
    // Behind the answer: how long it takes would tell who is known.
    after(() =>
      requestNewInvitation(email, who).catch((error) =>
        logFailure("an invitation was not mailed anew", error),
      ),
    );
    return { ok: true, to: "/join/ask", flash: { tone: "success", message } };
  },
  { too_many: "There were too many attempts." },
);
