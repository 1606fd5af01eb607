"use server";
import { z } from "zod";
import { openBrowserSession } from "#app/_web/auth.ts";
import { publicFormAction } from "#app/_web/form-action.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { linkToken } from "#app/_web/link-token.ts";
import { settings } from "#app/_web/settings.ts";
import { visitor } from "#app/_web/visitor.ts";
import { confirmAddress } from "#lib/invitations/confirm-address.ts";

export const confirm = publicFormAction(
  z.object({ token: linkToken, press: z.string().max(500).catch("") }),
  async (pressed) => {
    const confirmed = await confirmAddress(settings().ROLLCALL_TOKEN_KEY, pressed, await visitor());
    if (!confirmed.ok && confirmed.reason === "dead_link")
      return (await limitVisitor("join_link")) ?? { ok: true, to: `/verify/${pressed.token}` };
    if (!confirmed.ok) return confirmed;
    if (confirmed.next === "sso") return { ok: true, to: `/sign-in/sso/${confirmed.connectionId}` };
    await openBrowserSession(confirmed.sessionId);
    return { ok: true, to: `/a/${confirmed.accountSlug}/me` };
  },
  {
    not_pressed: "Press Confirm address to go on.",
    too_many: "There were too many attempts.",
  },
);
