import { dnKey } from "../dn-key.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import type { DirectorySettings } from "../settings.ts";

/** Whoever is a person, by kind of server; computers are persons to Active Directory. */
const people: Record<ProbedServer["kind"], string> = {
  active_directory: "(&(objectCategory=person)(objectClass=user))",
  openldap: "(objectClass=person)",
  "389ds": "(objectClass=person)",
  other: "(objectClass=person)",
};

/** The filter for the people that the settings are about; `more` narrows it further. */
export function peopleFilter(kind: ProbedServer["kind"], inclusion: string, ...more: string[]): string {
  const parts = [people[kind], ...(inclusion.trim() ? [inclusion.trim()] : []), ...more];
  return parts.length === 1 ? (parts[0] as string) : `(&${parts.join("")})`;
}

/** Where people are looked for: below the base, or below each chosen unit that is not below another chosen one. */
export function searchBases({ connection, units }: DirectorySettings): string[] {
  if (units.take !== "specific") return connection ? [connection.baseDn] : [];
  const chosen = units.chosen.map(({ dn }) => ({ dn, key: dnKey(dn) }));
  return chosen
    .filter(({ key }) => !chosen.some((other) => other.key !== key && key.endsWith(`,${other.key}`)))
    .map(({ dn }) => dn);
}
