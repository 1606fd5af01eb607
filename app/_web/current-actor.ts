import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { UserActor } from "#app/_stand_in/lib.ts";
import { findActor } from "#app/_stand_in/lib.ts";
import { findSession } from "#app/_stand_in/lib.ts";
import { browserSessionId } from "#app/_web/auth.ts";

/** Who is looking, once a request. Leads to the sign-in page without a session, to "not found" in a foreign account. */
export const currentActor = cache(async (accountSlug: string): Promise<UserActor> => {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  const actor = await findActor(session.id, accountSlug);
  if (!actor) notFound();
  return actor;
});

/** The living session of this browser, or null. */
export const currentSession = cache(async () => {
  const id = await browserSessionId();
  return id ? findSession(id) : null;
});
