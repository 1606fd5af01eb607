import type { ProbedServer } from "../ldap/probe-server.ts";
import type { UserSettings } from "../settings.ts";
import { mappingOf } from "./default-mapping.ts";

/** What tells that an account is disabled, by kind of server. */
const disabling: Record<ProbedServer["kind"], string[]> = {
  active_directory: ["userAccountControl", "accountExpires"],
  openldap: ["nsAccountLock", "pwdAccountLockedTime"],
  "389ds": ["nsAccountLock"],
  other: ["nsAccountLock"],
};

/** The attributes that judging an entry takes; nothing else is read. */
export function askedAttributes(
  users: UserSettings,
  { kind, idAttribute }: Pick<ProbedServer, "kind" | "idAttribute">,
): string[] {
  const mapped = Object.values(mappingOf(kind, users)).flat();
  const chosen = users.disabledBy ? [users.disabledBy.attribute] : [];
  return [...new Set([idAttribute, ...mapped, ...disabling[kind], ...chosen])];
}
