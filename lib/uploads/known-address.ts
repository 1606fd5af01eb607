import { readEmailAddress } from "#lib/users/email-address.ts";

const longestLocalPart = 64;
const longestAddress = 254;
/** By character: whether an address may have it before its "@". */
const fitsLocalPart = Uint8Array.from({ length: 128 }, (_, code) =>
  readEmailAddress(`${String.fromCharCode(code)}@a.test`).ok ? 1 : 0,
);

/**
 * Tells good addresses of these domains from what must be looked at again. Nearly all rows of a file end alike, so an end
 * that was good once is good again, and only the part before it is read.
 */
export function knownAddress(domains: ReadonlySet<string>): (value: string) => boolean {
  // No address ends so.
  let end = "@\n";
  return (value) => {
    const local = value.length - end.length;
    if (local > 0 && local <= longestLocalPart && value.length <= longestAddress && value.endsWith(end)) {
      let at = 0;
      while (at < local && fitsLocalPart[value.charCodeAt(at)] === 1) at++;
      return at === local;
    }
    const reading = readEmailAddress(value);
    if (!reading.ok || !domains.has(reading.domain)) return false;
    end = value.slice(value.indexOf("@"));
    return true;
  };
}
