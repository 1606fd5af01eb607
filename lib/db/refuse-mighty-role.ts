import { SettingsError } from "#lib/env/settings.ts";
import { database } from "./database.ts";

/**
 * For web and worker at their start. Throws SettingsError when the database does not answer, or when the role passes by
 * row-level security, so that every account would see all: a superuser, or the owner, who may act as rollcall_gate.
 */
export async function refuseMightyRole(setting: string): Promise<void> {
  const { name, mighty } = await askRole(setting);
  if (!mighty) return;
  throw new SettingsError([
    `${setting} signs in as ${name}, who sees the rows of every account; name another role there and run npm run migrate`,
  ]);
}

type Role = { name: string; mighty: boolean };

async function askRole(setting: string): Promise<Role> {
  try {
    const [role] = await database().sql<Role[]>`
      select rolname as name, rolsuper or rolbypassrls or exists (
        select from pg_roles g where g.rolname = 'rollcall_gate' and pg_has_role(current_user, g.oid, 'member')) as mighty
      from pg_roles where rolname = current_user`;
    return role as Role;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    throw new SettingsError([`${setting}: the database does not let us in (${message || code})`]);
  }
}
