/** What the report on the directory's quality tells of, in the order of the page. */
export const qualityKinds = [
  "no_mail",
  "shared_mail",
  "foreign_mail",
  "odd_mail",
  "odd_value",
  "disabled_in_list",
  "left_out",
] as const;

export type QualityKind = (typeof qualityKinds)[number];

/** An entry; of a shared address all that have it. `person`: who it is here. */
export type QualityRow = {
  /** The cursor of a page. */
  key: string;
  name: string;
  detail: string | null;
  person: { id: string; name: string } | null;
};
