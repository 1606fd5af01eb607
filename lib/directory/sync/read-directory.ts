import type { Network } from "#lib/network/checked-addresses.ts";
import { RunFailure, type StagedBatch, type WorkedRun } from "#lib/runs/run-kind.ts";
import { failureSentence } from "../connection/failure-sentence.ts";
import { type LoadedDirectory, loadDirectory, type Position } from "../connection/load-directory.ts";
import { DirectoryConnection } from "../ldap/connection.ts";
import { DirectoryFailure } from "../ldap/failure.ts";
import { probeServer } from "../ldap/probe-server.ts";
import { findMissing } from "./find-missing.ts";
import { isSamePlace, presentPosition } from "./position.ts";
import { inPresentUnits } from "./present-units.ts";
import { readGroups } from "./read-groups.ts";
import { readPeople } from "./read-people.ts";
import { readUnits } from "./read-units.ts";
import { refuseUnbelievable } from "./refuse-unbelievable.ts";
import { settleSpan } from "./settle-span.ts";

const noDirectory = "The directory is not defined any more. Define the connection first.";
const otherConnection =
  "The connection was changed after this run was asked for, and its password goes nowhere else than it was given for. Nobody was changed. Ask for a new run.";
const tooLong =
  "Reading the directory took too long, and was broken off. Nobody was changed. Find out what keeps the server from answering, or take fewer people by the units or the inclusion rule.";
const otherServer =
  "The server tells of another kind than when the connection was tested, so that nobody would be known by their id. Nobody was changed. Find out which server answers there, and test the connection again.";

/** Opens the directory that a run goes by. Throws RunFailure in words for whoever set it up. */
export async function openDirectory(
  network: Network,
  run: Pick<WorkedRun, "accountId" | "settingsVersion">,
  signal?: AbortSignal,
) {
  const directory = await loadDirectory(run, run.settingsVersion);
  const connection = directory?.settings.connection;
  if (!directory || !connection) throw new RunFailure(noDirectory);
  const { password } = directory;
  if (password === "") throw new RunFailure(otherConnection);
  const line = await told(() =>
    DirectoryConnection.open(network, connection, { bindDn: connection.bindDn, password }, { signal }),
  );
  return { directory, connection: line, baseDn: connection.baseDn };
}

/** What the server tells of itself; by the ids of another kind of server everybody would be gone, and somebody new there. */
export async function probeKnown(connection: DirectoryConnection, { server }: LoadedDirectory) {
  const probed = await told(() => probeServer(connection));
  if (server && server.idAttribute !== probed.idAttribute) throw new RunFailure(otherServer);
  return probed;
}

/** What goes wrong with the directory ends the run, with a sentence. */
export async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof DirectoryFailure
      ? new RunFailure(failureSentence(error), { cause: error })
      : error;
  }
}

/** A server that sends a little now and then keeps nobody else's directory waiting for ever. */
const usualLimits = { ms: 2 * 3_600_000, people: 5_000_000 };

/** Reads the directory, and yields lines for what is not as it was. Throws RunFailure. */
export async function* readDirectory(
  network: Network,
  run: WorkedRun,
  signal: AbortSignal,
  most = usualLimits,
): AsyncGenerator<StagedBatch> {
  const end = AbortSignal.timeout(most.ms);
  try {
    yield* readAll(network, run, AbortSignal.any([signal, end]), most.people);
  } catch (error) {
    throw end.aborted && !signal.aborted ? new RunFailure(tooLong, { cause: error }) : error;
  }
}

/** People by page, then, of a complete reading, those who are missing and were looked up one by one. */
async function* readAll(
  network: Network,
  run: WorkedRun,
  signal: AbortSignal,
  mostPeople: number,
): AsyncGenerator<StagedBatch> {
  const { directory: saved, connection, baseDn } = await openDirectory(network, run, signal);
  try {
    const server = await probeKnown(connection, saved);
    const directory = await told(() => inPresentUnits({ connection, server, baseDn, signal }, saved));
    const present = await told(() => presentPosition(connection, server));
    const all = await told(() => readUnits(connection, server, baseDn, signal));
    const isHere = (position: Position) => isSamePlace(position, server, present);
    const span = await settleSpan(run, directory, { units: all, isHere });
    const units = directory.settings.units.take === "none" ? null : all;
    const given = { run, directory, connection, server, baseDn, signal, mostPeople };
    const reading = { ...given, units, span, present };
    const people = yield* failing(readPeople(reading));
    await refuseUnbelievable(reading, people);
    await told(() => readGroups(reading, people.lines > 0));
    yield* failing(findMissing(reading, people));
  } finally {
    connection.close();
  }
}

/** The same for what yields in between. */
async function* failing<T, R>(steps: AsyncGenerator<T, R>): AsyncGenerator<T, R> {
  try {
    return yield* steps;
  } catch (error) {
    throw error instanceof DirectoryFailure
      ? new RunFailure(failureSentence(error), { cause: error })
      : error;
  }
}
