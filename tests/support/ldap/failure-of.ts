import { DirectoryFailure } from "#lib/directory/ldap/failure.ts";

/** The reason for which a reading failed; the error where it is another one. */
export const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "came to its end",
    (error: unknown) => (error instanceof DirectoryFailure ? error.reason : error),
  );
