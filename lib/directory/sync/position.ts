import type { Position } from "../connection/load-directory.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { readGeneralizedTime } from "../ldap/times.ts";

/** Seconds after which nothing more is written with a time stamp of before. */
const settledSeconds = 300;

/** Where a server stands before it is read: a later run asks for what came after. Null: it does not tell. */
export async function presentPosition(
  connection: DirectoryConnection,
  { kind, serverName }: ProbedServer,
): Promise<Position | null> {
  if (kind !== "active_directory") return null;
  const root = await connection.entry("", ["highestCommittedUSN", "dsServiceName"]);
  const after = root?.text("highestCommittedUSN");
  return after ? { by: "usn", server: `${serverName} ${root?.text("dsServiceName")}`, after } : null;
}

/** The attribute that tells when an entry was changed, where the server has no counter. */
export const stampAttribute = "modifyTimestamp";

/** Of the latest time stamp that a reading met. */
export const positionOf = (latest: string | null, { serverName }: ProbedServer): Position | null =>
  latest && readGeneralizedTime(latest)
    ? { by: "modify_timestamp", server: serverName, after: latest }
    : null;

/**
 * The filter for what has changed since. A time stamp counts seconds: those of the last one may have been written after it
 * was read, unless that is long ago.
 */
export function changedSince(position: Position, now: Date): string {
  if (position.by === "usn") return `(uSNChanged>=${BigInt(position.after) + 1n})`;
  const at = readGeneralizedTime(position.after) as Date;
  const isSettled = now.getTime() - at.getTime() > settledSeconds * 1_000;
  const from = new Date(Math.floor(at.getTime() / 1_000) * 1_000 + (isSettled ? 1_000 : 0));
  return `(${stampAttribute}>=${from.toISOString().replace(/[-:T]|\.\d+/g, "")})`;
}

export const isSamePlace = (one: Position, { serverName, kind }: ProbedServer, present: Position | null) =>
  kind === "active_directory" ? present?.server === one.server : one.server === serverName;
