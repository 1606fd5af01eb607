const label = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const pattern = new RegExp(`^(?:${label}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);
const longest = 253 - "_rollcall-challenge.".length;

/** A domain in lower case without its final dot (RFC 1035, 2.3.1), or null. Other alphabets are given as xn--… */
export function readDomain(text: string): string | null {
  const given = text.trim().replace(/^@/, "").replace(/\.$/, "");
  if (given.length > longest || /[^\x21-\x7e]/.test(given)) return null;
  const domain = given.toLowerCase();
  return pattern.test(domain) ? domain : null;
}
