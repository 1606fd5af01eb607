import { redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "#lib/authorization/actor.ts";
import { type Asked, isAllowed } from "#lib/authorization/authorize.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { browserSessionIds } from "./auth.ts";
import { clientIp } from "./client-ip.ts";
import { logFailure } from "./log-failure.ts";
import { noSuchPage } from "./no-such-page.ts";
import { accountSlugOf, requestPath } from "./request-path.ts";
import { withQuery } from "./with-query.ts";

/** Who is signed in here: in the account that the address names, else in the one signed in to last; once a request. */
export const signedIn = cache(async (): Promise<UserActor | null> => {
  const sessionIds = await browserSessionIds();
  if (sessionIds.length === 0) return null;
  const slug = accountSlugOf(await requestPath());
  const actor = await findActor(sessionIds, slug ?? undefined).catch(unavailable);
  return actor && { ...actor, ip: await clientIp() };
});

// An error that a page throws leaves it blank until scripts run; this one is met by everybody at once.
async function unavailable(error: unknown): Promise<never> {
  const reference = logFailure("who is signed in could not be looked up", error);
  redirect(withQuery("/unavailable", { reference, back: await requestPath() }));
}

/**
 * For pages and forms of an account: leads to the sign-in page when nobody is signed in, to "not found" in a foreign
 * account and where the privilege is lacking. Whoever has no role is led to their own page.
 */
export async function currentActor(
  accountSlug: string,
  operation: Asked = "console.view",
): Promise<UserActor> {
  const actor = await signedIn();
  if (!actor) return (await isSignedInElsewhere()) ? noSuchPage() : redirect("/sign-in");
  if (actor.accountSlug !== accountSlug) noSuchPage();
  if (!isAllowed(actor, operation)) return actor.isAdmin ? noSuchPage() : redirect(`/a/${accountSlug}/me`);
  return actor;
}

async function isSignedInElsewhere(): Promise<boolean> {
  return (await findActor(await browserSessionIds()).catch(unavailable)) !== null;
}

/** For route handlers, which answer with a status instead of leading to a page: null when nobody asks who may. */
export async function actorOfRequest(accountSlug: string, operation: Asked): Promise<UserActor | null> {
  const actor = await signedIn();
  return actor?.accountSlug === accountSlug && isAllowed(actor, operation) ? actor : null;
}
