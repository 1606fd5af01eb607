import { DrizzleQueryError } from "drizzle-orm/errors";

/**
 * A failed query repeats its values in its message, its stack and a property, Postgres the failing row in `detail` and
 * `where`. They are people's data, or a megabyte of a file, and whatever is thrown ends in a log: out they go.
 */
export function withoutValues(error: unknown): unknown {
  if (!(error instanceof DrizzleQueryError)) return error;
  const told = error.message;
  const message = `Failed query: ${error.query.trim()}`;
  const stack = error.stack?.replace(told, () => message);
  const cause = error.cause as { detail?: string; where?: string } | undefined;
  if (cause) Object.assign(cause, { detail: undefined, where: undefined });
  return Object.assign(error, { message, stack, params: [] });
}
