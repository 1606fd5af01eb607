/** A query parameter that may be given once; repeated or blank counts as absent. */
export const oneOf = (value: string | string[] | undefined): string | undefined =>
  typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
