import type { Privilege } from "#lib/authorization/permissions.ts";

const prefix = "privilege:";

/** The name of a privilege's box in the form of a role. */
export const boxOf = (privilege: Privilege): string => `${prefix}${privilege}`;

/** The privileges whose boxes are ticked. */
export const tickedOf = (fields: Record<string, string>): string[] =>
  Object.entries(fields)
    .filter(([name, value]) => name.startsWith(prefix) && value === "on")
    .map(([name]) => name.slice(prefix.length));
