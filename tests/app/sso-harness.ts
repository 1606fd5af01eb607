import { beginSso, type Flow, provenClaims } from "#app/_web/sso-flow.ts";
import { ssoProvider } from "#app/_web/sso-provider.ts";
import { guardedAgent } from "#lib/network/guarded-agent.ts";
import { networkList } from "#lib/network/network-list.ts";
import { readProvider } from "#lib/sign-in/read-provider.ts";
import type { IdentityProvider } from "#tests/support/identity-provider.ts";

process.env.NEXTAUTH_URL = "http://127.0.0.1:3000";
const secret = "of the cookies, at least thirty-two";
const network = { opened: networkList("127.0.0.0/8") };
const limits = { deadlineMs: 1_000, mostBytes: 128 * 1024 };
export const person = { sub: "s-1", email: "ada@acme.test", email_verified: true, groups: ["staff"] };

/** The part of the web process that talks with a provider, as one connection of it. */
export async function flowOf(
  idp: IdentityProvider,
  id = "0190a000-0000-7000-8000-000000000001",
): Promise<Flow> {
  const read = await readProvider(network, idp.issuer, { withinMs: 1_000 });
  if (!read.ok) throw new Error(JSON.stringify(read.fault));
  const connection = {
    id,
    accountId: id,
    accountName: "Acme",
    issuer: idp.issuer,
    clientId: idp.clientId,
    clientSecret: idp.clientSecret,
    groupsClaim: "groups",
  };
  const provider = ssoProvider(connection, read.provider, guardedAgent(network, limits));
  return { provider, secret, isHttps: false, logLevel: "silent" };
}

export async function begun(flow: Flow) {
  const { location, setCookies } = await beginSso(flow);
  if (!location) throw new Error("next-auth leads nowhere");
  return { location, cookies: cookiesOf(setCookies) };
}

/** From the beginning to the claims, in one browser. */
export async function signIn(idp: IdentityProvider, claims: Record<string, unknown> = person) {
  const flow = await flowOf(idp);
  const { location, cookies } = await begun(flow);
  return provenClaims(flow, idp.answerTo(location, claims), cookies);
}

const cookiesOf = (setCookies: string[]) =>
  Object.fromEntries(
    setCookies.map((cookie) => {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      return [name, decodeURIComponent(value)];
    }),
  );
