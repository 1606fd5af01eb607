import { accountLess } from "#lib/db/account-less.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";

/**
 * The connection that signs in whoever has an address of this domain, or null. Asks nothing about the person: known
 * and unknown addresses get the same answer.
 */
export async function ssoForAddress(email: string): Promise<string | null> {
  const read = readEmailAddress(email);
  if (!read.ok) return null;
  const [found] = await accountLess.ssoForDomain(read.domain);
  return found?.connection_id ?? null;
}
