import { isLinkToken, linkTokenId, mintLinkToken } from "#lib/secrets/link-token.ts";

type Purpose = "join" | "verify";

/**
 * What the button of a link's page sends along. Mail scanners that submit the forms they find leave buttons out, and one
 * link's value is no use with another.
 */
export const buttonValue = (tokenKey: string, purpose: Purpose, token: string): string =>
  mintLinkToken(tokenKey, purpose, linkTokenId(token) as string, `button of ${token}`);

export const isPressed = (tokenKey: string, purpose: Purpose, token: string, value: string): boolean =>
  linkTokenId(value) === linkTokenId(token) && isLinkToken(tokenKey, purpose, value, `button of ${token}`);
