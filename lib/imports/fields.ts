/** The columns of an import file, in the order of the template; `limit` is in characters (code points). */
export const importFields = [
  { name: "email", label: "Email ID", limit: 254 },
  { name: "first_name", label: "First Name", limit: 200 },
  { name: "last_name", label: "Last Name", limit: 200 },
  { name: "alternate_id", label: "Alternate ID", limit: 64 },
  { name: "work_phone", label: "Work Phone", limit: 64 },
  { name: "title", label: "Title", limit: 200 },
  { name: "department", label: "Department", limit: 200 },
  { name: "user_status", label: "User Status", limit: 200 },
  { name: "location", label: "Location", limit: 200 },
  { name: "street_address", label: "Street Address", limit: 200 },
  { name: "city", label: "City", limit: 200 },
  { name: "region", label: "Region", limit: 200 },
  { name: "postal_code", label: "Postal Code", limit: 200 },
  { name: "country", label: "Country", limit: 200 },
  { name: "license_type", label: "License Type", limit: 200 },
  { name: "service_id", label: "Service ID", limit: 64 },
  { name: "extension", label: "Extension", limit: 64 },
  { name: "groups", label: "Groups", limit: 200 },
] as const;

export type ImportField = (typeof importFields)[number]["name"];

/** Their absence is told before and after a run. */
export const standardFields: readonly ImportField[] = importFields.slice(0, 8).map((field) => field.name);

const labels = new Map<ImportField, string>(importFields.map((field) => [field.name, field.label]));

export function fieldLabel(name: ImportField): string {
  return labels.get(name) ?? name;
}
