import { type Roles, rolesOf } from "./roles-of.ts";
import { testDatabase } from "./test-database.ts";

export type { Roles } from "./roles-of.ts";

/** A migrated database of its own, open in every role of production at once. `end` it in afterAll. */
export async function openRoles(pool: { app?: number; worker?: number } = {}): Promise<Roles> {
  return rolesOf(await testDatabase(), pool);
}
