import { privileges } from "#lib/authorization/permissions.ts";
import type { Role } from "../may-give.ts";

type Change = { field: string; before: string | null; after: string | null };
type Told = Pick<Role, "name" | "description" | "privileges">;

/** The roles of a person or a group, by name, as the audit tells a change of fields. */
export const rolesChanged = (before: string[], after: string[]): Change[] => [
  { field: "roles", before: before.join(", ") || null, after: after.join(", ") || null },
];

/** The fields of a role that changed; null: there was none before, or is none after. */
export function roleChanges(before: Told | null, after: Told | null): Change[] {
  const [was, is] = [told(before), told(after)];
  return (["name", "description", "privileges"] as const)
    .map((field) => ({ field, before: was[field], after: is[field] }))
    .filter((change) => change.before !== change.after);
}

const told = (role: Told | null) => ({
  name: role?.name ?? null,
  description: role?.description ?? null,
  privileges: role?.privileges.map((privilege) => privileges[privilege] ?? privilege).join(", ") || null,
});
