"use server";
import { z } from "zod";
import { publicFormAction } from "#app/_web/form-action.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";

const message =
  "If an admin has that address, a link is on its way to it. It works once and for a short time.";

/** The answer is the same whoever asks, so that nobody learns which addresses are known. */
export const askForLink = publicFormAction(
  z.object({
    email: z.string().trim().min(1, "Enter your address.").max(254, "That is too long for an address."),
  }),
  async ({ email }) => {
    const tooMany = await limitVisitor("address_form", email);
    if (tooMany) return tooMany;
    await requestSignInLink(email);
    return { ok: true, to: "/sign-in", flash: { tone: "success", message } };
  },
  { too_many: "There were too many attempts." },
);
