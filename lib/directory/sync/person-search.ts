import { dnKey, parentKey } from "../dn-key.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { readInclusion } from "../person/inclusion.ts";
import type { DirectorySettings } from "../settings.ts";

/** Whoever is a person, by kind of server. To Active Directory computers are, and its own accounts, such as Guest. */
const people: Record<ProbedServer["kind"], string> = {
  active_directory: "(&(objectCategory=person)(objectClass=user)(!(isCriticalSystemObject=TRUE)))",
  openldap: "(objectClass=person)",
  "389ds": "(objectClass=person)",
  other: "(objectClass=person)",
};

/** The filter for the people that the settings are about; `more` narrows it further. */
export function peopleFilter(kind: ProbedServer["kind"], inclusion: string, ...more: string[]): string {
  const read = readInclusion(inclusion);
  const chosen = read.ok ? read.filter : inclusion;
  const parts = [people[kind], ...(chosen ? [chosen] : []), ...more];
  return parts.length === 1 ? (parts[0] as string) : `(&${parts.join("")})`;
}

/** Where people are looked for: below the base, or below each chosen unit that is not below another chosen one. */
export function searchBases({ connection, units }: DirectorySettings): string[] {
  if (units.take !== "specific") return connection ? [connection.baseDn] : [];
  const chosen = new Map(units.chosen.map(({ dn }) => [dnKey(dn), dn]));
  return [...chosen].filter(([key]) => !isBelow(parentKey(key), chosen)).map(([, dn]) => dn);
}

/** Whether a name, by its key, is one of these or below one of them. */
export function isBelow(key: string, keys: { has(key: string): boolean }): boolean {
  for (let at = key; at !== ""; at = parentKey(at)) if (keys.has(at)) return true;
  return false;
}
