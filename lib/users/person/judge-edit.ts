import { readEmailAddress } from "../email-address.ts";
import type { ProfileField } from "../profile-fields.ts";

/** What may be typed into the form of one person. */
export type EditedField = ProfileField | "email";

/** What is wrong with an address that is not empty, as a sentence; null when it can be stored. `domains`: verified ones of the account, in lower case. Pure. */
export function addressFault(address: string, domains: readonly string[]): string | null {
  const reading = readEmailAddress(address);
  if (!reading.ok)
    return `This is not a valid e-mail address. Write one like name@${domains[0] ?? "example.com"}.`;
  if (domains.includes(reading.domain)) return null;
  const named = domains.length > 5 ? `${domains.slice(0, 5).join(", ")} and more` : domains.join(", ");
  return `This is not in a domain of this account (${named || "it has none"}).`;
}
