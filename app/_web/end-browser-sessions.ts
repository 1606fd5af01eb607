import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { browserSessionIds, closeBrowserSession } from "./auth.ts";
import { clientIp } from "./client-ip.ts";

/** Signs this browser out of every account. */
export async function endBrowserSessions(): Promise<void> {
  const ip = await clientIp();
  for (const sessionId of await browserSessionIds()) {
    const there = await findActor(sessionId);
    if (there) await endSession({ ...there, ip });
    await closeBrowserSession(sessionId);
  }
}
