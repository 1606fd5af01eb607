"use server";
import { z } from "zod";
import { closeBrowserSession } from "#app/_web/auth.ts";
import { endBrowserSessions } from "#app/_web/end-browser-sessions.ts";
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

/** Out of every account that this browser is signed in to. */
export const signOutEverywhere = formAction(
  z.object({}),
  async () => {
    await endBrowserSessions();
    const message = "You are signed out of every account in this browser.";
    return { ok: true, to: "/sign-in", flash: { tone: "info", message } };
  },
  {},
);
