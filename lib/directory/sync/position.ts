import type { Position } from "../connection/load-directory.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import { DirectoryFailure } from "../ldap/failure.ts";
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
  const service = root?.text("dsServiceName") ?? "";
  return after
    ? { by: "usn", server: `${serverName} ${service} ${await invocationOf(connection, service)}`, after }
    : null;
}

/** Of which database the controller's counter is: after a restore from a backup it is another one (MS-ADTS 3.1.1.1.4). */
async function invocationOf(connection: DirectoryConnection, service: string): Promise<string> {
  try {
    const settings = service ? await connection.entry(service, ["invocationId"]) : null;
    return settings?.bytes("invocationId")?.toString("hex") ?? "";
  } catch (error) {
    if (error instanceof DirectoryFailure && error.code !== null) return "";
    throw error;
  }
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

/** A counter that has gone back is one that was restored: what it counted since then is not asked for by the old number. */
export function isSamePlace(one: Position, { serverName, kind }: ProbedServer, present: Position | null) {
  if (kind !== "active_directory") return one.server === serverName;
  return one.server === present?.server && BigInt(one.after) <= BigInt(present.after);
}
