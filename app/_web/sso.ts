import type { NextRequest } from "next/server";
import { guardedAgent } from "#lib/network/guarded-agent.ts";
import { completeSso } from "#lib/sign-in/complete-sso.ts";
import { findSsoConnection, type SsoConnection } from "#lib/sign-in/find-sso-connection.ts";
import { readProvider } from "#lib/sign-in/read-provider.ts";
import { refuseSso } from "#lib/sign-in/refuse-sso.ts";
import type { SsoReason } from "#lib/sign-in/sso-reasons.ts";
import { openBrowserSession } from "./auth.ts";
import { baseUrl, isHttps } from "./base-url.ts";
import { setFlash } from "./flash.ts";
import { network } from "./network.ts";
import { settings } from "./settings.ts";
import { beginSso, type Flow, provenClaims, spentCookies, stateCookie } from "./sso-flow.ts";
import { ssoProvider } from "./sso-provider.ts";
import { ssoSentence } from "./sso-sentence.ts";
import { visitor } from "./visitor.ts";

/** Leads the browser to the provider of a connection. */
export async function startSso(connectionId: string): Promise<Response> {
  const connection = await findSsoConnection(connectionId);
  if (!connection) return refused(null, "not_connected");
  const flow = await flowOf(connection);
  if (!flow) return refused(connection, "unavailable");
  const { location, setCookies } = await beginSso(flow);
  return location ? redirection(location, setCookies) : refused(connection, "unavailable");
}

/** What the provider answers with, at the redirect URI of the connection. */
export async function finishSso(connectionId: string, request: NextRequest): Promise<Response> {
  const connection = await findSsoConnection(connectionId);
  if (!connection) return refused(null, "not_connected");
  const query = Object.fromEntries(request.nextUrl.searchParams);
  if (query.error === "access_denied") return led("cancelled");
  const flow = await flowOf(connection);
  if (!flow) return refused(connection, "unavailable");
  const cookies = Object.fromEntries(request.cookies.getAll().map(({ name, value }) => [name, value]));
  const claims = await provenClaims(flow, query, cookies);
  // Written down only where the sign-in began in this browser: anybody can ask for this address.
  if (!claims) return cookies[stateCookie(isHttps())] ? refused(connection, "not_proven") : led("not_proven");
  const completed = await completeSso(connection.id, claims, await visitor());
  if (!completed.ok) return led(completed.reason);
  await openBrowserSession(completed.sessionId);
  const home = `${baseUrl()}/a/${completed.accountSlug}`;
  return redirection(completed.joined ? `${home}/me` : home, spentCookies(isHttps()));
}

async function flowOf(connection: SsoConnection): Promise<Flow | null> {
  const read = await readProvider(network(), connection.issuer);
  if (!read.ok) return null;
  const provider = ssoProvider(connection, read.provider, guardedAgent(network()));
  const { NEXTAUTH_SECRET: secret, LOG_LEVEL: logLevel } = settings();
  return { provider, secret, isHttps: isHttps(), logLevel };
}

async function refused(connection: SsoConnection | null, reason: SsoReason): Promise<Response> {
  if (connection) await refuseSso(connection.accountId, reason, await visitor());
  return led(reason);
}

async function led(reason: SsoReason): Promise<Response> {
  await setFlash({ tone: "error", message: ssoSentence[reason], path: "/sign-in" });
  return redirection(`${baseUrl()}/sign-in`, spentCookies(isHttps()));
}

function redirection(location: string, setCookies: string[]): Response {
  const headers = new Headers({ location, "cache-control": "private, no-store" });
  for (const cookie of setCookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
