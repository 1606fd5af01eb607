import type { Network } from "#lib/network/checked-addresses.ts";
import { RunFailure } from "#lib/runs/run-kind.ts";
import { DirectoryConnection } from "../ldap/connection.ts";
import { DirectoryFailure } from "../ldap/failure.ts";
import { type ProbedServer, probeServer } from "../ldap/probe-server.ts";
import { failureSentence } from "./failure-sentence.ts";
import { type LoadedDirectory, loadDirectory } from "./load-directory.ts";

/** `until`: whoever waits for the answer waits no longer, by `Date.now()`. */
export type Live = {
  connection: DirectoryConnection;
  server: ProbedServer;
  baseDn: string;
  directory: LoadedDirectory;
  until: number;
};

export type NotAsked = { ok: false; sentence: string };

const limits = { operationMs: 8_000 };
const patienceMs = 8_000;
/** However many answers there are in between. */
const usualMs = 30_000;
const notConnected = "Define the connection first.";
const tooLate = "The directory did not answer in time. Try again later.";

/**
 * Asks the directory something that a person waits for, on a connection of its own. What goes wrong is answered as a
 * sentence.
 */
export async function askLive<T>(
  scope: { accountId: string },
  network: Network,
  ask: (live: Live) => Promise<T>,
  mostMs = usualMs,
): Promise<{ ok: true; found: T } | NotAsked> {
  const directory = await loadDirectory(scope);
  const server = directory?.settings.connection;
  if (!directory || !server || directory.password === "") return { ok: false, sentence: notConnected };
  const { bindDn, baseDn } = server;
  const until = Date.now() + patienceMs;
  const over = AbortSignal.timeout(mostMs);
  let connection: DirectoryConnection | null = null;
  over.addEventListener("abort", () => connection?.close());
  try {
    connection = await DirectoryConnection.open(
      network,
      server,
      { bindDn, password: directory.password },
      { operationMs: Math.min(limits.operationMs, mostMs) },
    );
    const probed = await probeServer(connection);
    return { ok: true, found: await ask({ connection, server: probed, baseDn, directory, until }) };
  } catch (error) {
    if (over.aborted) return { ok: false, sentence: tooLate };
    if (error instanceof RunFailure) return { ok: false, sentence: error.sentence };
    if (error instanceof DirectoryFailure) return { ok: false, sentence: failureSentence(error) };
    throw error;
  } finally {
    connection?.close();
  }
}
