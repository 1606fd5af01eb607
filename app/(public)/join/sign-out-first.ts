"use server";
import { z } from "zod";
import { endBrowserSessions } from "#app/_web/end-browser-sessions.ts";
import { publicFormAction } from "#app/_web/form-action.ts";

const pageOfLink = z
  .string()
  .regex(/^\/(join|verify)\/[A-Za-z0-9_-]{1,100}$/)
  .catch("/sign-in");

export const signOutFirst = publicFormAction(
  z.object({ back: pageOfLink }),
  async ({ back }) => {
    await endBrowserSessions();
    return { ok: true, to: back, flash: { tone: "info", message: "You are signed out." } };
  },
  {},
);
