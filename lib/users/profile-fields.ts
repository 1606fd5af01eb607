/** A person's fields that files and directories fill; the names are the columns of users, run_rows and run_changes. */
export const profileFields = [
  "first_name",
  "last_name",
  "alternate_id",
  "work_phone",
  "title",
  "department",
  "location",
  "street_address",
  "city",
  "region",
  "postal_code",
  "country",
  "license_type",
  "service_id",
  "extension",
  "language",
] as const;

export type ProfileField = (typeof profileFields)[number];

/** In characters (code points). */
export const longestValue: Record<ProfileField, number> = {
  first_name: 200,
  last_name: 200,
  alternate_id: 64,
  work_phone: 64,
  title: 200,
  department: 200,
  location: 200,
  street_address: 200,
  city: 200,
  region: 200,
  postal_code: 200,
  country: 200,
  license_type: 200,
  service_id: 64,
  extension: 64,
  language: 64,
};
