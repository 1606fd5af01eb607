import type { ProfileField } from "#lib/users/profile-fields.ts";
import type { ServerKind } from "../ldap/probe-server.ts";
import type { UserSettings } from "../settings.ts";

/** Which attribute fills which field; several: the first that has a value. Fields that are not named are kept as they are. */
export type Mapping = Partial<Record<ProfileField | "email", readonly string[]>>;

/** inetOrgPerson (RFC 2798) and what it builds on (RFC 4519). */
const inetOrgPerson: Mapping = {
  email: ["mail"],
  first_name: ["givenName"],
  last_name: ["sn"],
  alternate_id: ["employeeNumber"],
  work_phone: ["telephoneNumber"],
  title: ["title"],
  department: ["departmentNumber", "ou"],
  location: ["physicalDeliveryOfficeName", "l"],
  street_address: ["street", "postalAddress"],
  city: ["l"],
  region: ["st"],
  postal_code: ["postalCode"],
  country: ["c"],
};

const activeDirectory: Mapping = {
  email: ["mail", "proxyAddresses"],
  first_name: ["givenName"],
  last_name: ["sn"],
  alternate_id: ["employeeID", "employeeNumber"],
  work_phone: ["telephoneNumber"],
  title: ["title"],
  department: ["department"],
  location: ["physicalDeliveryOfficeName", "l"],
  street_address: ["streetAddress"],
  city: ["l"],
  region: ["st"],
  postal_code: ["postalCode"],
  country: ["co", "c"],
};

export const defaultMappings: Record<ServerKind, Mapping> = {
  active_directory: activeDirectory,
  openldap: inetOrgPerson,
  "389ds": inetOrgPerson,
  other: inetOrgPerson,
};

/**
 * What the settings say, or what fits the kind of server. The address is always taken from there: were it not mapped,
 * everybody would lose theirs.
 */
export function mappingOf(kind: ServerKind, users: UserSettings): Mapping {
  const usual = defaultMappings[kind];
  if (users.mapping === "default") return usual;
  const known = customMappings.get(users)?.[kind];
  if (known) return known;
  const named = Object.entries(users.attributes).flatMap(([field, name]) => (name ? [[field, [name]]] : []));
  const mapping: Mapping = { email: usual.email, ...Object.fromEntries(named) };
  customMappings.set(users, { ...customMappings.get(users), [kind]: mapping });
  return mapping;
}

/** Asked for each entry. */
const customMappings = new WeakMap<UserSettings, Partial<Record<ServerKind, Mapping>>>();
