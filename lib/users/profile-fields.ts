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
] as const;

export type ProfileField = (typeof profileFields)[number];
