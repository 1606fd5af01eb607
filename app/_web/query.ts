type Parameter = string | string[] | undefined;

/** A query parameter that may be given once; repeated or blank counts as absent. Control characters go. */
export function oneOf(value: Parameter): string | undefined {
  if (typeof value !== "string") return undefined;
  return value.replace(/\p{Cc}/gu, "").trim() || undefined;
}

/** The same for an id; what is none counts as absent, so that a mangled address shows the first page. */
export const idOf = (value: Parameter): string | undefined =>
  typeof value === "string" && isId(value) ? value : undefined;

export const isId = (value: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

/** Where in the lines of a run a page begins. */
export const placeOf = (query: Partial<Record<"after" | "before" | "last", Parameter>>) => ({
  after: positionOf(query.after),
  before: positionOf(query.before),
  last: oneOf(query.last) !== undefined,
});

/** The same for the position of an entry. */
export const positionOf = (value: Parameter): number | undefined =>
  typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
