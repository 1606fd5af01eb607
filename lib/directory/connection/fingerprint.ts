import { createHash } from "node:crypto";
import type { ConnectionSettings, DirectorySettings } from "../settings.ts";

const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);

/** Two connections that lead to the same place in the same way have the same; a test holds for one of them. */
export const connectionFingerprint = (connection: ConnectionSettings): string => {
  const { host, port, security, ca, baseDn, bindDn } = connection;
  return hashOf([host.toLowerCase(), port, security, ca, baseDn, bindDn]);
};

/** Whether a password that was given for the one goes nowhere else, in no other way and for nobody else by the other. */
export const isSameDoor = (one: ConnectionSettings | null, other: ConnectionSettings | null): boolean => {
  const of = (settings: ConnectionSettings | null) =>
    settings && connectionFingerprint({ ...settings, baseDn: "" });
  return of(one) === of(other);
};

/** Of all that decides who is found, and what of them: under other settings nothing of the last reading holds. */
export const scopeFingerprint = ({ connection, units, lists, users }: DirectorySettings): string =>
  hashOf([
    connection && connectionFingerprint(connection),
    units.take,
    units.chosen.map(({ id }) => id).sort(),
    lists.take && lists.chosen.map(({ id }) => id).sort(),
    { ...users, inviteNew: null },
  ]);
