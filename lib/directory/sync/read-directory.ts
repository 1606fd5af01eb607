import type { Network } from "#lib/network/checked-addresses.ts";
import { RunFailure, type StagedBatch, type WorkedRun } from "#lib/runs/run-kind.ts";
import { failureSentence } from "../connection/failure-sentence.ts";
import { loadDirectory, type Position } from "../connection/load-directory.ts";
import { DirectoryConnection } from "../ldap/connection.ts";
import { DirectoryFailure } from "../ldap/failure.ts";
import { probeServer } from "../ldap/probe-server.ts";
import { findMissing } from "./find-missing.ts";
import { isSamePlace, presentPosition } from "./position.ts";
import { inPresentUnits } from "./present-units.ts";
import { readGroups } from "./read-groups.ts";
import { readPeople } from "./read-people.ts";
import { readUnits } from "./read-units.ts";
import { settleSpan } from "./settle-span.ts";

const noDirectory = "The directory is not defined any more. Define the connection first.";
const otherConnection =
  "The connection was changed after this run was asked for, and its password goes nowhere else than it was given for. Nobody was changed. Ask for a new run.";
export const nobodyFound =
  "The directory answered, but with no people at all. That is never taken for the truth: nobody was changed. Check the Base DN, the units, the inclusion rule, and what the User ID may read.";

/** Opens the directory that a run goes by. Throws RunFailure in words for whoever set it up. */
export async function openDirectory(network: Network, run: Pick<WorkedRun, "accountId" | "settingsVersion">) {
  const directory = await loadDirectory(run, run.settingsVersion);
  const connection = directory?.settings.connection;
  if (!directory || !connection) throw new RunFailure(noDirectory);
  const { password } = directory;
  if (password === "") throw new RunFailure(otherConnection);
  const line = await told(() =>
    DirectoryConnection.open(network, connection, { bindDn: connection.bindDn, password }),
  );
  return { directory, connection: line, baseDn: connection.baseDn };
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

/**
 * Reads the directory, and yields lines for what is not as it was: people by page, then, of a complete reading, those who
 * are missing and were looked up one by one. Throws RunFailure.
 */
export async function* readDirectory(
  network: Network,
  run: WorkedRun,
  signal: AbortSignal,
): AsyncGenerator<StagedBatch> {
  const { directory: saved, connection, baseDn } = await openDirectory(network, run);
  const close = () => connection.close();
  signal.addEventListener("abort", close);
  try {
    const server = await told(() => probeServer(connection));
    const directory = await told(() => inPresentUnits({ connection, server, baseDn, signal }, saved));
    const present = await told(() => presentPosition(connection, server));
    const all = await told(() => readUnits(connection, server, baseDn, signal));
    const isHere = (position: Position) => isSamePlace(position, server, present);
    const span = await settleSpan(run, directory, { units: all, isHere });
    const units = directory.settings.units.take === "none" ? null : all;
    const reading = { run, directory, connection, server, units, span, present, baseDn, signal };
    const people = yield* failing(readPeople(reading));
    if (span === "full" && people.met === 0) throw new RunFailure(nobodyFound);
    await told(() => readGroups(reading, people.lines > 0));
    yield* failing(findMissing(reading, people));
  } finally {
    signal.removeEventListener("abort", close);
    close();
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
