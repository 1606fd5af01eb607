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
  email: ["mail"],
  first_name: ["givenName"],
  last_name: ["sn"],
  alternate_id: ["employeeID", "employeeNumber"],
  work_phone: ["telephoneNumber"],
  title: ["title"],
  department: ["department"],
  location: ["physicalDeliveryOfficeName"],
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

/** What the settings say, or what fits the kind of server. */
export function mappingOf(kind: ServerKind, { mapping, attributes }: UserSettings): Mapping {
  if (mapping === "default") return defaultMappings[kind];
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([field, name]) => (name ? [[field, [name]]] : [])),
  );
}
