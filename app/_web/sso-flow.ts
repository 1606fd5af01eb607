import { createHash, randomBytes } from "node:crypto";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import pino from "pino";
import type { RawClaims } from "./sso-provider.ts";

type Cookies = Partial<Record<string, string>>;
export type Flow = { provider: OAuthConfig<RawClaims>; secret: string; isHttps: boolean; logLevel: string };
type Answer = { location: string | null; setCookies: string[] };

/** Where to send the browser, with the cookies that hold state, nonce and code verifier; null when next-auth would not. */
export async function beginSso(flow: Flow): Promise<Answer> {
  const csrf = randomBytes(32).toString("hex");
  const proof = `${csrf}|${createHash("sha256").update(`${csrf}${flow.secret}`).digest("hex")}`;
  const { location, setCookies } = await askNextAuth(flow, options(flow), {
    method: "POST",
    action: "signin",
    query: {},
    body: { csrfToken: csrf },
    cookies: { [`${flow.isHttps ? "__Host-" : ""}next-auth.csrf-token`]: proof },
  });
  // On a failure next-auth leads to its own error page instead.
  const isProvider = location?.startsWith(String(endpoint(flow.provider))) ?? false;
  const ours = setCookies.filter((cookie) =>
    proofs.some((name) => cookie.startsWith(`${cookieName(flow.isHttps, name)}=`)),
  );
  return isProvider ? { location, setCookies: ours } : { location: null, setCookies: [] };
}

const endpoint = ({ authorization }: OAuthConfig<RawClaims>) =>
  typeof authorization === "object" ? authorization.url : authorization;

/** The claims of the id token that the code was exchanged for, once all that protects it has been checked, or null. */
export async function provenClaims(
  flow: Flow,
  query: Record<string, string>,
  cookies: Cookies,
): Promise<RawClaims | null> {
  let claims: RawClaims | null = null;
  const listening: AuthOptions = {
    ...options(flow),
    callbacks: {
      // The session is ours to start, so this ends what next-auth does.
      signIn: ({ profile }) => {
        claims = profile as RawClaims;
        return "/sign-in";
      },
    },
  };
  const names = proofs.map((name) => cookieName(flow.isHttps, name));
  const ours = Object.fromEntries(Object.entries(cookies).filter(([name]) => names.includes(name)));
  await askNextAuth(flow, listening, { method: "GET", action: "callback", query, body: {}, cookies: ours });
  return claims;
}

const proofs = ["state", "nonce", "pkce.code_verifier"];
const cookieName = (isHttps: boolean, name: string) => `${isHttps ? "__Secure-" : ""}next-auth.${name}`;

export const stateCookie = (isHttps: boolean): string => cookieName(isHttps, "state");

/** What takes away the cookies of a sign-in that is over, however it ended: its state is good for one answer. */
export function spentCookies(isHttps: boolean): string[] {
  const rest = `=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${isHttps ? "; Secure" : ""}`;
  return proofs.map((name) => cookieName(isHttps, name) + rest);
}

const options = ({ provider, secret, isHttps, logLevel }: Flow): AuthOptions => ({
  secret,
  providers: [provider],
  useSecureCookies: isHttps,
  pages: { signIn: "/sign-in", error: "/sign-in" },
  logger: quietLogger(provider.id, logLevel),
});

/** next-auth hands tokens, claims and answers to its logger: of all that only the sentence of an error is kept. */
function quietLogger(connectionId: string, level: string): AuthOptions["logger"] {
  const log = pino({ level });
  return {
    error: (code, details) => {
      const error = "error" in details ? details.error : details;
      const why = error instanceof Error ? error.message.slice(0, 300) : "unknown";
      log.warn({ connectionId, code, why }, "single sign-on failed");
    },
    warn: () => {},
    debug: () => {},
  };
}

type Question = {
  method: "GET" | "POST";
  action: "signin" | "callback";
  query: Record<string, string>;
  body: Record<string, string>;
  cookies: Cookies;
};

/** next-auth's handler for the older kind of routes is a function of request and response, and of nothing around it. */
async function askNextAuth(flow: Flow, options: AuthOptions, question: Question): Promise<Answer> {
  const { action, query, ...rest } = question;
  const request = { ...rest, headers: {}, query: { ...query, nextauth: [action, flow.provider.id] } };
  const kept = new Map<string, string | string[]>();
  const response = {
    getHeader: (name: string) => kept.get(name),
    setHeader: (name: string, value: string | string[]) => kept.set(name, value),
    status: () => response,
    end: () => {},
    json: () => {},
    send: () => {},
  };
  await NextAuth(request as unknown as NextApiRequest, response as unknown as NextApiResponse, options);
  const location = kept.get("Location");
  return {
    location: typeof location === "string" ? location : null,
    setCookies: [kept.get("Set-Cookie") ?? []].flat(),
  };
}
