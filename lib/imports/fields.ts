import { longestValue } from "#lib/users/profile-fields.ts";

/** The columns of an import file, in the order of the template; `limit` is in characters (code points). */
export const importFields = [
  { name: "email", label: "Email ID", limit: 254 },
  { name: "first_name", label: "First Name", limit: longestValue.first_name },
  { name: "last_name", label: "Last Name", limit: longestValue.last_name },
  { name: "alternate_id", label: "Alternate ID", limit: longestValue.alternate_id },
  { name: "work_phone", label: "Work Phone", limit: longestValue.work_phone },
  { name: "title", label: "Title", limit: longestValue.title },
  { name: "department", label: "Department", limit: longestValue.department },
  { name: "user_status", label: "User Status", limit: 200 },
  { name: "location", label: "Location", limit: longestValue.location },
  { name: "street_address", label: "Street Address", limit: longestValue.street_address },
  { name: "city", label: "City", limit: longestValue.city },
  { name: "region", label: "Region", limit: longestValue.region },
  { name: "postal_code", label: "Postal Code", limit: longestValue.postal_code },
  { name: "country", label: "Country", limit: longestValue.country },
  { name: "license_type", label: "License Type", limit: longestValue.license_type },
  { name: "service_id", label: "Service ID", limit: longestValue.service_id },
  { name: "extension", label: "Extension", limit: longestValue.extension },
  { name: "language", label: "Language", limit: longestValue.language },
  { name: "groups", label: "Groups", limit: 200 },
] as const;

export type ImportField = (typeof importFields)[number]["name"];

/** Their absence is told before and after a run. */
export const standardFields: readonly ImportField[] = importFields.slice(0, 8).map((field) => field.name);

const labels = new Map<ImportField, string>(importFields.map((field) => [field.name, field.label]));

export function fieldLabel(name: ImportField): string {
  return labels.get(name) ?? name;
}
