/** A domain is verified in one account at most: the unique index says so, for no account sees another's rows. */
export function isTaken(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if ((at as { code?: string }).code === "23505") return true;
  return false;
}
