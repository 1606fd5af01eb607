/** The constraint that a failed statement ran into, by its name; undefined of any other failure. */
export const violatedConstraint = (error: unknown): string | undefined =>
  (error as { cause?: { constraint_name?: string } } | null)?.cause?.constraint_name;
