import { open, seal } from "#lib/secrets/seal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";

/** Sealed for one directory of one account: moved to another row it does not open. */
export const passwordContext = (accountId: string, directoryId: string) =>
  `directories:${accountId}:${directoryId}`;

export const sealPassword = (accountId: string, directoryId: string, password: string): string =>
  seal(secretKeys(), Buffer.from(password), passwordContext(accountId, directoryId));

export const openPassword = (accountId: string, directoryId: string, sealed: string): string =>
  open(secretKeys(), sealed, passwordContext(accountId, directoryId)).toString("utf8");
