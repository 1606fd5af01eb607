import { createHmac } from "node:crypto";

/**
 * What an account publishes to show that a domain is its own: 192 bits of HMAC-SHA-256 over both, so that nothing is
 * stored, and another account's record proves nothing here.
 */
export function domainProof(tokenKey: string, accountId: string, domain: string): string {
  const mac = createHmac("sha256", Buffer.from(tokenKey, "base64")).update(`domain\n${accountId}\n${domain}`);
  return `rollcall-verification=${mac.digest().subarray(0, 24).toString("base64url")}`;
}

/** A name of its own below the domain, so that the record can neither be mistaken for another nor be in its way. */
export const domainProofName = (domain: string): string => `_rollcall-challenge.${domain}`;
