"use server";
import { z } from "zod";
import { openBrowserSession } from "#app/_web/auth.ts";
import { publicFormAction } from "#app/_web/form-action.ts";
import { forgiveVisitor, limitVisitor } from "#app/_web/limit-visitor.ts";
import { settings } from "#app/_web/settings.ts";
import { visitor } from "#app/_web/visitor.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";

export const signIn = publicFormAction(
  z.object({ token: z.string().max(500) }),
  async ({ token }) => {
    const tooMany = await limitVisitor("link");
    if (tooMany) return tooMany;
    const redeemed = await redeemSignInToken(settings().ROLLCALL_TOKEN_KEY, token, await visitor());
    if (!redeemed.ok) return redeemed;
    await forgiveVisitor("link");
    await openBrowserSession(redeemed.sessionId);
    return { ok: true, to: `/a/${redeemed.accountSlug}` };
  },
  {
    dead_link: "This link does not work any more. Ask for a new one on the sign-in page.",
    too_many: "There were too many attempts.",
  },
);
