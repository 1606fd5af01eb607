import { findActor, type UserActor } from "#app/_stand_in/lib.ts";
import { currentSession } from "#app/_web/current-actor.ts";

/** For route handlers, which answer with a status instead of leading to a page: null when nobody of the account asks. */
export async function actorOfRequest(accountSlug: string): Promise<UserActor | null> {
  const session = await currentSession();
  return session && (await findActor(session.id, accountSlug));
}
