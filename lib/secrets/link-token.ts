import { createHmac, timingSafeEqual } from "node:crypto";

type Purpose = "sign-in" | "join" | "verify" | "unsubscribe";

const idBytes = 16;
const macBytes = 24;

/**
 * A link's token: the row's id, then 192 bits of HMAC-SHA-256 over purpose, id and variant (channel and generation).
 * The same input gives the same token, and no table holds anything that a token could be made from.
 */
export function mintLinkToken(key: string, purpose: Purpose, id: string, variant = ""): string {
  return Buffer.concat([Buffer.from(id.replaceAll("-", ""), "hex"), mac(key, purpose, id, variant)]).toString(
    "base64url",
  );
}

/** The id a token names, not yet proven. Null when it cannot be a token. */
export function linkTokenId(token: string): string | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== idBytes + macBytes || bytes.toString("base64url") !== token) return null;
  return bytes
    .subarray(0, idBytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export function isLinkToken(key: string, purpose: Purpose, token: string, variant = ""): boolean {
  const id = linkTokenId(token);
  if (!id) return false;
  return timingSafeEqual(Buffer.from(token, "base64url").subarray(idBytes), mac(key, purpose, id, variant));
}

function mac(key: string, purpose: Purpose, id: string, variant: string): Buffer {
  return createHmac("sha256", Buffer.from(key, "base64"))
    .update(`${purpose}\n${id}\n${variant}`)
    .digest()
    .subarray(0, macBytes);
}
