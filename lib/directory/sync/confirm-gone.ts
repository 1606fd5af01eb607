import type { Network } from "#lib/network/checked-addresses.ts";
import type { Removal, WorkedRun } from "#lib/runs/run-kind.ts";
import { lookUp } from "./look-up.ts";
import { inPresentUnits } from "./present-units.ts";
import { openDirectory, probeKnown, told } from "./read-directory.ts";

/** Positions of the removals whose person is in the directory after all, in scope and enabled. Throws RunFailure. */
export async function confirmGone(
  network: Network,
  run: WorkedRun,
  removals: Removal[],
  signal: AbortSignal,
): Promise<number[]> {
  const { directory: saved, connection, baseDn } = await openDirectory(network, run, signal);
  try {
    return await told(async () => {
      const server = await probeKnown(connection, saved);
      const directory = await inPresentUnits({ connection, server, baseDn, signal }, saved);
      const ids = removals.map(({ externalId }) => externalId);
      const found = await lookUp({ connection, directory, server, baseDn, signal }, ids);
      return removals.flatMap(({ position, externalId }) =>
        found.get(externalId) === "there" ? [position] : [],
      );
    });
  } finally {
    connection.close();
  }
}
