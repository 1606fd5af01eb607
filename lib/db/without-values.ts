type QueryError = Error & { query: string; params: unknown[]; cause?: { detail?: string; where?: string } };

/**
 * A failed query repeats its values in its message, its stack and a property, Postgres the failing row in `detail` and
 * `where`. They are people's data, or a megabyte of a file, and whatever is thrown ends in a log: out they go.
 */
export function withoutValues(error: unknown): unknown {
  if (!isQueryError(error)) return error;
  const told = error.message;
  const message = `Failed query: ${error.query.trim()}`;
  const stack = error.stack?.replace(told, () => message);
  if (error.cause) Object.assign(error.cause, { detail: undefined, where: undefined });
  return Object.assign(error, { message, stack, params: [] });
}

/** By its shape: the web server bundles drizzle's class more than once, and one copy's error is no instance of another. */
const isQueryError = (error: unknown): error is QueryError =>
  error instanceof Error && "query" in error && "params" in error;
