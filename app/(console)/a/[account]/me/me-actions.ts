"use server";
import { z } from "zod";
import { closeBrowserSession } from "#app/_web/auth.ts";
import { formAction } from "#app/_web/form-action.ts";
import { endOwnSession } from "#lib/users/end-own-session.ts";

export const signOutSession = formAction(
  z.object({ session: z.uuid() }),
  async ({ session }, actor) => {
    const ended = await endOwnSession(actor, session);
    if (!ended.ok) return ended;
    if (!ended.isThisOne) {
      const flash = { tone: "success", message: "That session is signed out." } as const;
      return { ok: true, to: `/a/${actor.accountSlug}/me`, flash };
    }
    await closeBrowserSession(actor.sessionId);
    return { ok: true, to: "/sign-in", flash: { tone: "info", message: "You are signed out." } };
  },
  { no_session: "That session had ended already." },
);
