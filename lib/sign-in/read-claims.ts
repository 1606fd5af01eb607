import { z } from "zod";

/** What an id token says of a person, as far as it is used; `groups` is null where the token cannot tell. */
export type Claims = {
  issuer: string;
  subject: string;
  email: string | null;
  /** Null where the provider says neither. */
  emailVerified: boolean | null;
  groups: string[] | null;
};

/** A subject is at most 255 ASCII characters (OpenID Connect Core, 2). */
const subject = z.string().regex(/^[\x20-\x7e]{1,255}$/);
const token = z.looseObject({ iss: z.string(), sub: subject });

const mostGroups = 1_000;
const longestGroup = 200;
/** RFC 5321, 4.5.3.1; a longer one is nobody's, and refusals are written down. */
const longestAddress = 254;

/** Of a token whose signature and times are checked already. Null when it lacks what every id token has. */
export function readClaims(raw: unknown, groupsClaim: string): Claims | null {
  const read = token.safeParse(raw);
  if (!read.success) return null;
  const { iss, sub, email, email_verified: verified } = read.data;
  return {
    issuer: iss,
    subject: sub,
    email: typeof email === "string" && email !== "" && email.length <= longestAddress ? email : null,
    // Only the truth value: "true" as a text, a number or an object is nobody's word.
    emailVerified: verified === undefined ? null : verified === true,
    groups: readGroups(read.data, groupsClaim),
  };
}

/**
 * A provider leaves the claim out for whoever is in no group. One that leaves it out because the groups are too many
 * says so in `_claim_names` (OpenID Connect Core, 5.6.2; Microsoft Entra from 200 groups on).
 */
function readGroups(claims: Record<string, unknown>, name: string): string[] | null {
  const elsewhere = claims._claim_names;
  if (typeof elsewhere === "object" && elsewhere !== null && Object.hasOwn(elsewhere, name)) return null;
  const listed = [valueAt(claims, name) ?? []].flat();
  const groups = listed.filter((group): group is string => typeof group === "string");
  return [...new Set(groups.filter((group) => group !== "" && group.length <= longestGroup))].slice(
    0,
    mostGroups,
  );
}

/** The claim of that name, else the one that its parts lead to: "realm_access.roles". */
function valueAt(claims: Record<string, unknown>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const part of name.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}
