export type AddressRefusal =
  | "empty"
  | "not_ascii"
  | "control_character"
  | "too_long"
  | "local_part_too_long"
  | "malformed";

export type EmailAddressReading =
  | { ok: true; address: string; domain: string }
  | { ok: false; reason: AddressRefusal };

/** The pattern of `<input type=email>`: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address */
const pattern =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

const longestAddress = 254;
const longestLocalPart = 64;

/**
 * One bare address, kept as written; `domain` is its domain in lower case. Lengths are those of RFC 5321, 4.5.3.1.
 * Nothing is folded before it is known to be ASCII: "K" (Kelvin) would become "k", and "İ" differs between engines.
 */
export function readEmailAddress(text: string): EmailAddressReading {
  // The length comes first so that the pattern never runs over a huge text.
  if (text.length > longestAddress) return { ok: false, reason: "too_long" };
  if (!pattern.test(text)) return { ok: false, reason: whyRefused(text) };
  const at = text.indexOf("@");
  if (at > longestLocalPart) return { ok: false, reason: "local_part_too_long" };
  return { ok: true, address: text, domain: text.slice(at + 1).toLowerCase() };
}

function whyRefused(text: string): AddressRefusal {
  if (text.trim() === "") return "empty";
  if (/\p{Cc}/u.test(text)) return "control_character";
  if (/[^\u0020-\u007e]/.test(text)) return "not_ascii";
  return "malformed";
}
