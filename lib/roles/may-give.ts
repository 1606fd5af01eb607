import type { Privilege } from "#lib/authorization/permissions.ts";

export type RoleKind = "owner" | "admin" | "custom";
export type Role = {
  id: string;
  kind: RoleKind;
  name: string;
  description: string | null;
  privileges: Privilege[];
};
type Standing = { privileges: ReadonlySet<Privilege>; isOwner: boolean };

/** The ceiling: nobody gives, changes or takes a role with a privilege that they lack; Owner is the owners' own. */
export function mayGive(by: Standing, role: Pick<Role, "kind" | "privileges">): boolean {
  if (role.kind === "owner") return by.isOwner;
  return role.privileges.every((privilege) => by.privileges.has(privilege));
}
