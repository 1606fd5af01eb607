import type { UserActor } from "#lib/authorization/actor.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { browserSessionIds } from "./auth.ts";

/** Everybody as whom this browser is signed in, one an account, the latest first. */
export async function signedInPeople(): Promise<UserActor[]> {
  const found = await Promise.all((await browserSessionIds()).map((id) => findActor(id)));
  return found.filter((actor) => actor !== null);
}
