"use server";
import { z } from "zod";
import { redeemSignInToken } from "#app/_stand_in/lib.ts";
import { openBrowserSession } from "#app/_web/auth.ts";
import { publicFormAction } from "#app/_web/form-action.ts";

export const signIn = publicFormAction(
  z.object({ token: z.string().max(500) }),
  async ({ token }) => {
    const redeemed = await redeemSignInToken(token);
    if (!redeemed.ok) return redeemed;
    await openBrowserSession(redeemed.sessionId);
    return { ok: true, to: `/a/${redeemed.accountSlug}` };
  },
  { dead_link: "This link does not work any more. Ask for a new one on the sign-in page." },
);
