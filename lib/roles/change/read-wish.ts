import { type Privilege, privileges } from "#lib/authorization/permissions.ts";

/** What a form says of a custom role; names of privileges that do not exist are left out. */
export type RoleWish = { name: string; description: string; privileges: string[] };
export type ReadWish = { name: string; description: string | null; privileges: Privilege[] };

const longest = { name: 60, description: 200 };
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Null when the name is blank, too long, or has characters that cannot be seen. */
export function readWish(wish: RoleWish): ReadWish | null {
  const name = wish.name.trim().replace(/\s+/g, " ");
  const description = wish.description.trim();
  const tooLong = [...name].length > longest.name || [...description].length > longest.description;
  if (name === "" || tooLong || invisible.test(name + description)) return null;
  const asked = new Set(wish.privileges);
  const known = (Object.keys(privileges) as Privilege[]).filter((privilege) => asked.has(privilege));
  return { name, description: description || null, privileges: known };
}
