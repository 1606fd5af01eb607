"use server";
import { z } from "zod";
import { browserSessionIds, closeBrowserSession } from "#app/_web/auth.ts";
import { formAction } from "#app/_web/form-action.ts";
import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";

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
  async (_input, actor) => {
    for (const sessionId of await browserSessionIds()) {
      const there = await findActor(sessionId);
      if (there) await endSession({ ...there, ip: actor.ip ?? null });
      await closeBrowserSession(sessionId);
    }
    const message = "You are signed out of every account in this browser.";
    return { ok: true, to: "/sign-in", flash: { tone: "info", message } };
  },
  {},
);
