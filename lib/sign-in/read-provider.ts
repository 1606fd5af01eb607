import { z } from "zod";
import type { Network } from "#lib/network/checked-addresses.ts";
import { type Fetched, fetchJson } from "#lib/network/fetch-json.ts";

/** What an issuer says of itself (OpenID Connect Discovery 1.0, 3), checked. */
export type Provider = {
  issuer: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  userinfoEndpoint: string | null;
  keysEndpoint: string;
  /** The signature that its id tokens must have. */
  algorithm: string;
  authenticates: "client_secret_basic" | "client_secret_post";
  /** Some providers name groups only to whoever asks for them. */
  offersGroups: boolean;
};

/** What failed, in the order of asking; `called` is what the provider calls itself. */
export type ProviderFault =
  | { step: "issuer_malformed" }
  | { step: "configuration"; fetched: Exclude<Fetched, { ok: true }> }
  | { step: "configuration_malformed" }
  | { step: "other_issuer"; called: string }
  | { step: "endpoint_malformed"; endpoint: string }
  | { step: "no_code_flow" }
  | { step: "no_known_signature" }
  | { step: "no_known_authentication" };
export type ProviderRead = { ok: true; provider: Provider } | { ok: false; fault: ProviderFault };

const texts = z.array(z.string()).optional();
const document = z.object({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  jwks_uri: z.string(),
  userinfo_endpoint: z.string().optional(),
  response_types_supported: texts,
  id_token_signing_alg_values_supported: texts,
  token_endpoint_auth_methods_supported: texts,
  scopes_supported: texts,
});
type Document = z.infer<typeof document>;

/** Signatures by a key that only the provider has: neither "none" nor one made with the client's secret. */
const algorithms = ["RS256", "PS256", "ES256", "EdDSA", "RS384", "RS512", "PS384", "PS512", "ES384", "ES512"];
const authentications = ["client_secret_basic", "client_secret_post"] as const;

/** Asks the issuer for its configuration. `withinMs` is how long it may take, and how long an unreachable one takes. */
export async function readProvider(
  network: Network,
  issuer: string,
  wishes: { withinMs?: number } = {},
): Promise<ProviderRead> {
  if (!isIssuer(issuer)) return fault({ step: "issuer_malformed" });
  const fetched = await fetchJson(network, configurationAddress(issuer), wishes);
  if (!fetched.ok) return fault({ step: "configuration", fetched });
  const read = document.safeParse(fetched.json);
  if (!read.success) return fault({ step: "configuration_malformed" });
  return judged(issuer, read.data);
}

export const configurationAddress = (issuer: string): string =>
  `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;

/** A URL without query and fragment (OpenID Connect Discovery 1.0, 3); a user in it is somebody's password. */
function isIssuer(text: string): boolean {
  if (text.length > 255 || !/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.search === "" && url.hash === "" && url.username === "" && url.password === "" && !/[?#\s]/.test(text)
  );
}

function judged(issuer: string, said: Document): ProviderRead {
  if (said.issuer !== issuer) return fault({ step: "other_issuer", called: said.issuer.slice(0, 200) });
  const endpoints = {
    authorization_endpoint: said.authorization_endpoint,
    token_endpoint: said.token_endpoint,
    jwks_uri: said.jwks_uri,
    userinfo_endpoint: said.userinfo_endpoint ?? said.token_endpoint,
  };
  for (const [endpoint, address] of Object.entries(endpoints))
    if (!isSameKind(address, issuer)) return fault({ step: "endpoint_malformed", endpoint });
  if (said.response_types_supported && !said.response_types_supported.includes("code"))
    return fault({ step: "no_code_flow" });
  const signs = said.id_token_signing_alg_values_supported ?? ["RS256"];
  const algorithm = algorithms.find((each) => signs.includes(each));
  if (!algorithm) return fault({ step: "no_known_signature" });
  const takes = said.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const authenticates =
    authentications.find((each) => takes.includes(each)) ??
    (takes.includes("none") ? "client_secret_basic" : undefined);
  if (!authenticates) return fault({ step: "no_known_authentication" });
  return {
    ok: true,
    provider: {
      issuer,
      authorizationEndpoint: said.authorization_endpoint,
      tokenEndpoint: said.token_endpoint,
      userinfoEndpoint: said.userinfo_endpoint ?? null,
      keysEndpoint: said.jwks_uri,
      algorithm,
      authenticates,
      offersGroups: said.scopes_supported?.includes("groups") ?? false,
    },
  };
}

const fault = (of: ProviderFault): ProviderRead => ({ ok: false, fault: of });

/** https, as the issuer is; plain http only where the issuer itself may be. */
const isSameKind = (address: string, issuer: string): boolean =>
  URL.canParse(address) &&
  new URL(address).protocol === new URL(issuer).protocol &&
  new URL(address).username === "";
