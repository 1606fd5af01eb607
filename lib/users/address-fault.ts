import { codePointOf } from "#lib/users/clean-value.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import { nearAddress, nearDomain } from "./near-address.ts";
import { shownCell } from "./shown-cell.ts";

/** Why nobody can be invited at an address; `text` says what to do. */
export interface AddressFault {
  code: "invalid_address" | "foreign_domain";
  text: string;
}

/** `domains` are the account's, in lower case. */
export function addressFault(value: string, domains: ReadonlySet<string>): AddressFault | null {
  const reading = readEmailAddress(value);
  if (reading.ok) return domains.has(reading.domain) ? null : foreignDomain(value, reading.domain, domains);
  const why = reading.reason === "not_ascii" ? oddCharacter(value) : "";
  const near = nearAddress(value, domains);
  const example = `name@${[...domains][0] ?? "example.com"}`;
  const advice = near ? `Did you mean “${near}”?` : `Write one address like ${example}.`;
  return {
    code: "invalid_address",
    text: `“${shownCell(value)}” is not a valid e-mail address${why}. ${advice}`,
  };
}

function foreignDomain(value: string, domain: string, domains: ReadonlySet<string>): AddressFault {
  const own = [...domains];
  const shown = own.length > 5 ? `${own.slice(0, 5).join(", ")} and ${own.length - 5} more` : own.join(", ");
  const near = nearDomain(domain, domains);
  const advice = near ? `Did you mean @${near}?` : "Use an address of this account.";
  return {
    code: "foreign_domain",
    text: `“${shownCell(value)}” is not in a domain of this account (${shown}). ${advice}`,
  };
}

function oddCharacter(value: string): string {
  const characters = [...value];
  const place = characters.findIndex((character) => character > "\u007e");
  const odd = characters[place] ?? "";
  const shown = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(odd) ? `“${odd}”, ${codePointOf(odd)}` : codePointOf(odd);
  return `: character ${place + 1} (${shown}) cannot stand in one`;
}
