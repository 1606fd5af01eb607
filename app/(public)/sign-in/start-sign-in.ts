"use server";
import { after } from "next/server";
import { z } from "zod";
import { publicFormAction } from "#app/_web/form-action.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { logFailure } from "#app/_web/log-failure.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { ssoForAddress } from "#lib/sign-in/sso-for-address.ts";

const message =
  "If that address may sign in this way, a link is on its way to it. It works once and for a short time.";

/** The answer is the same whoever asks, so that nobody learns which addresses are known. */
export const startSignIn = publicFormAction(
  z.object({
    email: z.string().trim().min(1, "Enter your address.").max(254, "That is too long for an address."),
    way: z.enum(["any", "link"]).catch("any"),
  }),
  async ({ email, way }) => {
    const tooManyForms = await limitVisitor("address_form");
    if (tooManyForms) return tooManyForms;
    const connectionId = way === "any" ? await ssoForAddress(email) : null;
    if (connectionId) return { ok: true, to: `/sign-in/sso/${connectionId}` };
    const tooManyMails = await limitVisitor("mailed_link", email);
    if (tooManyMails) return tooManyMails;
    // Behind the answer: how long it takes would tell who is known.
    after(() =>
      requestSignInLink(email).catch((error) => logFailure("a sign-in link was not mailed", error)),
    );
    return { ok: true, to: "/sign-in", flash: { tone: "success", message } };
  },
  { too_many: "There were too many attempts." },
);
