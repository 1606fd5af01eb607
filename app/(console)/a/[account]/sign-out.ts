"use server";
import { z } from "zod";
import { closeBrowserSession } from "#app/_web/auth.ts";
import { formAction } from "#app/_web/form-action.ts";
import { endSession } from "#lib/sign-in/end-session.ts";

export const signOut = formAction(
  z.object({}),
  async (_input, actor) => {
    await endSession(actor);
    await closeBrowserSession(actor.sessionId);
    return { ok: true, to: "/sign-in", flash: { tone: "info", message: "You are signed out." } };
  },
  {},
);
