import type { Unfetched } from "#lib/network/fetch-json.ts";
import type { ProbeFault } from "#lib/sign-in/probe-provider.ts";

/** Which step of asking a provider failed, and what to do about it. */
export function probeSentence(fault: ProbeFault): string {
  switch (fault.step) {
    case "issuer_malformed":
      return "The issuer must be an address that begins with https:// and has no query.";
    case "configuration":
      return `The provider's configuration (/.well-known/openid-configuration below the issuer) could not be read: ${fetchSentence(fault.fetched)}`;
    case "configuration_malformed":
      return "What stands at /.well-known/openid-configuration below the issuer is not the configuration of an OpenID Connect provider.";
    case "other_issuer":
      return `The provider calls itself ${fault.called}. Enter the issuer exactly so, if it is the right one.`;
    case "endpoint_malformed":
      return `The provider's ${fault.endpoint} is not an address that begins with https://.`;
    case "no_code_flow":
      return "The provider does not offer the authorization code flow.";
    case "no_known_signature":
      return "The provider signs its tokens in no way that is safe here. Let it use RS256, PS256, ES256 or EdDSA.";
    case "no_known_authentication":
      return "The provider takes the client secret in no way that is known here. Let it use client_secret_basic or client_secret_post.";
    case "keys":
      return fault.fetched.ok
        ? "The provider's keys (jwks_uri) are not readable: there is no key in them."
        : `The provider's keys (jwks_uri) could not be read: ${fetchSentence(fault.fetched)}`;
  }
}

function fetchSentence({ reason, status }: Unfetched): string {
  const sentences: Record<Unfetched["reason"], string> = {
    bad_url: "that is no address to ask.",
    unreachable: "nothing there answered in time.",
    untrusted_certificate: "its certificate is not trusted.",
    redirected: "it leads elsewhere. Enter the issuer that it leads to.",
    status: `it answered with ${status}.`,
    too_long: "the answer is too long.",
    not_json: "the answer is not JSON.",
  };
  return sentences[reason];
}
