import { open, seal } from "#lib/secrets/seal.ts";
import { secretKeys } from "#lib/secrets/secret-keys.ts";

/** Sealed for one connection of one account: moved to another row it does not open. */
export const secretContext = (accountId: string, connectionId: string) =>
  `sso_connections:${accountId}:${connectionId}`;

export const sealSecret = (accountId: string, connectionId: string, secret: string): string =>
  seal(secretKeys(), Buffer.from(secret), secretContext(accountId, connectionId));

export const openSecret = (accountId: string, connectionId: string, sealed: string): string =>
  open(secretKeys(), sealed, secretContext(accountId, connectionId)).toString("utf8");
