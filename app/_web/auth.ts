import { cookies } from "next/headers";
import type { AuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import Credentials from "next-auth/providers/credentials";
import { z } from "zod";
import { endSession } from "#lib/sign-in/end-session.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { isHttps } from "./base-url.ts";
import { settings } from "./settings.ts";
import { visitor } from "./visitor.ts";

/** Seconds. The session row decides; the cookie only must not die first. */
const lifetime = 12 * 60 * 60;
/** One an account, the latest first. */
const claims = z.object({ sids: z.array(z.string()).max(20) });
const mostSessions = 10;

/** next-auth's options; a function, for the settings are read at start and not while the pages are built. */
export const authOptions = (): AuthOptions => ({
  secret: settings().NEXTAUTH_SECRET,
  session: { strategy: "jwt", maxAge: lifetime },
  pages: { signIn: "/sign-in", error: "/sign-in" },
  providers: [
    Credentials({
      id: "one-time-token",
      name: "one-time token",
      credentials: { token: { label: "Token", type: "text" } },
      async authorize(credentials) {
        const redeemed = await redeemSignInToken(
          settings().ROLLCALL_TOKEN_KEY,
          credentials?.token ?? "",
          await visitor(),
        );
        return redeemed.ok ? { id: redeemed.sessionId } : null;
      },
    }),
  ],
  events: {
    // next-auth's own form of signing out would only take the cookie away.
    async signOut({ token }) {
      for (const sessionId of claims.safeParse(token).data?.sids ?? []) {
        const actor = await findActor(sessionId);
        if (actor) await endSession(actor);
      }
    },
  },
  callbacks: {
    // The token carries ids of sessions and nothing else, so that ending the row ends the session at once.
    jwt: async ({ token, user }) => ({ sids: user ? await withNewSession(user.id) : token.sids }),
    session: ({ session }) => ({ expires: session.expires }),
  },
});

/** Gives this browser the session that a sign-in opened; the same cookie that next-auth's own route would set. */
export async function openBrowserSession(sessionId: string): Promise<void> {
  await setSessions(await withNewSession(sessionId));
}

/** Forgets one session; those of other accounts stay. */
export async function closeBrowserSession(sessionId: string): Promise<void> {
  await setSessions((await browserSessionIds()).filter((id) => id !== sessionId));
}

/** Ids of the sessions that the cookie names, not yet looked up, the latest first; none when it was not made by us. */
export async function browserSessionIds(): Promise<string[]> {
  const token = (await cookies()).get(cookieName())?.value;
  if (!token) return [];
  const parsed = claims.safeParse(
    await decode({ token, secret: settings().NEXTAUTH_SECRET }).catch(() => null),
  );
  return parsed.success ? parsed.data.sids : [];
}

/**
 * The new session, and those that the browser has in other accounts under the same address: a cookie planted by
 * somebody else brings none of theirs along.
 */
async function withNewSession(sessionId: string): Promise<string[]> {
  const opened = await findActor(sessionId);
  const others = await Promise.all((await browserSessionIds()).map((id) => findActor(id)));
  const kept = others.filter(
    (other) =>
      other?.userEmail.toLowerCase() === opened?.userEmail.toLowerCase() &&
      other?.accountId !== opened?.accountId,
  );
  return [sessionId, ...kept.flatMap((other) => (other ? [other.sessionId] : []))].slice(0, mostSessions);
}

async function setSessions(sids: string[]): Promise<void> {
  const maxAge = sids.length > 0 ? lifetime : 0;
  const value =
    sids.length > 0
      ? await encode({ token: { sids }, secret: settings().NEXTAUTH_SECRET, maxAge: lifetime })
      : "";
  (await cookies()).set(cookieName(), value, { ...cookieOptions(), maxAge });
}

function cookieName(): string {
  return isHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" } as const;
}
