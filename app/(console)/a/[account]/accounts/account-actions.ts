"use server";
import { headers } from "next/headers";
import { z } from "zod";
import { browserSessionIds, openBrowserSession } from "#app/_web/auth.ts";
import { formAction } from "#app/_web/form-action.ts";
import { withQuery } from "#app/_web/with-query.ts";
import { switchAccount } from "#lib/sign-in/switch-account.ts";

/** Leads to the other account, or where it wants to be signed in to, to the sign-in page with the address filled in. */
export const switchTo = formAction(
  z.object({ slug: z.string().regex(/^[a-z0-9-]{3,40}$/) }),
  async ({ slug }, actor) => {
    const visitor = { ip: actor.ip ?? null, userAgent: (await headers()).get("user-agent") };
    const switched = await switchAccount(actor, { slug, sessionIds: await browserSessionIds(), visitor });
    if (!switched.ok) return { ok: true, to: withQuery("/sign-in", { email: actor.userEmail }) };
    await openBrowserSession(switched.sessionId);
    return { ok: true, to: `/a/${switched.accountSlug}` };
  },
  {},
);
