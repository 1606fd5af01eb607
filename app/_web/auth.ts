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

/** Seconds. The session row decides; the cookie only must not die first. */
const lifetime = 12 * 60 * 60;
const claims = z.object({ sid: z.string() });

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
        const redeemed = await redeemSignInToken(settings().ROLLCALL_TOKEN_KEY, credentials?.token ?? "");
        return redeemed.ok ? { id: redeemed.sessionId } : null;
      },
    }),
  ],
  events: {
    // next-auth's own form of signing out would only take the cookie away.
    async signOut({ token }) {
      const actor = token?.sid ? await findActor(String(token.sid)) : null;
      if (actor) await endSession(actor);
    },
  },
  callbacks: {
    // The token carries the session's id and nothing else, so that ending the row ends the session at once.
    jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
    session: ({ session }) => ({ expires: session.expires }),
  },
});

/** Gives this browser the session that a sign-in opened; the same cookie that next-auth's own route would set. */
export async function openBrowserSession(sessionId: string): Promise<void> {
  const value = await encode({
    token: { sid: sessionId },
    secret: settings().NEXTAUTH_SECRET,
    maxAge: lifetime,
  });
  (await cookies()).set(cookieName(), value, { ...cookieOptions(), maxAge: lifetime });
}

export async function closeBrowserSession(): Promise<void> {
  (await cookies()).set(cookieName(), "", { ...cookieOptions(), maxAge: 0 });
}

/** The id of the session that the cookie names, not yet looked up; null when there is none or it was not made by us. */
export async function browserSessionId(): Promise<string | null> {
  const token = (await cookies()).get(cookieName())?.value;
  if (!token) return null;
  const parsed = claims.safeParse(
    await decode({ token, secret: settings().NEXTAUTH_SECRET }).catch(() => null),
  );
  return parsed.success ? parsed.data.sid : null;
}

function cookieName(): string {
  return isHttps() ? "__Secure-next-auth.session-token" : "next-auth.session-token";
}

function cookieOptions() {
  return { httpOnly: true, sameSite: "lax", secure: isHttps(), path: "/" } as const;
}
