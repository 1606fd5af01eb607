import type { OAuthConfig } from "next-auth/providers/oauth";
import type { GuardedAgent } from "#lib/network/guarded-agent.ts";
import type { SsoConnection } from "#lib/sign-in/find-sso-connection.ts";
import type { Provider } from "#lib/sign-in/read-provider.ts";

export type RawClaims = Record<string, unknown>;

const silentMs = 5_000;

/**
 * One connection as next-auth takes it. Its id is the connection's, and with it the redirect URI: a code of one provider
 * sent to another one's redirect URI is refused (RFC 9700, 4.4.2).
 */
export function ssoProvider(
  connection: SsoConnection,
  provider: Provider,
  agent: GuardedAgent,
): OAuthConfig<RawClaims> {
  const { clientId, clientSecret } = connection;
  return {
    id: connection.id,
    name: connection.accountName,
    type: "oauth",
    version: "2.0",
    issuer: provider.issuer,
    authorization: {
      url: provider.authorizationEndpoint,
      params: { scope: `openid email profile${provider.offersGroups ? " groups" : ""}` },
    },
    token: { url: provider.tokenEndpoint },
    ...(provider.userinfoEndpoint && {
      userinfo: userinfo(provider.userinfoEndpoint, connection.groupsClaim),
    }),
    jwks_endpoint: provider.keysEndpoint,
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId,
    ...(clientSecret && { clientSecret }),
    client: {
      id_token_signed_response_alg: provider.algorithm,
      token_endpoint_auth_method: clientSecret ? provider.authenticates : "none",
    },
    httpOptions: { timeout: silentMs, agent },
    profile: (claims) => ({ id: String(claims.sub) }),
  };
}

/** Some providers keep address and groups out of the id token. What the signed token says goes before what is asked for. */
const userinfo = (url: string, groupsClaim: string): OAuthConfig<RawClaims>["userinfo"] => ({
  url,
  request: async ({ client, tokens }) => {
    const set = tokens as unknown as Exclude<Parameters<typeof client.userinfo>[0], string>;
    const token: RawClaims = set.claims();
    if (token.email !== undefined && token[groupsClaim.split(".")[0] ?? ""] !== undefined) return token;
    // The client refuses an answer about another subject than the token's (OpenID Connect Core, 5.3.2).
    const more: RawClaims = await client.userinfo(set);
    // An address and whether it is confirmed come from one place, or they are not about each other.
    const { email: _, email_verified: __, ...others } = more;
    return { ...(token.email === undefined ? more : others), ...token };
  },
});
