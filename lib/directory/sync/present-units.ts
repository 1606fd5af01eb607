import { RunFailure } from "#lib/runs/run-kind.ts";
import type { LoadedDirectory } from "../connection/load-directory.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import { entryId, idFilter } from "../ldap/entry-id.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";

type Asking = {
  connection: DirectoryConnection;
  server: Pick<ProbedServer, "idAttribute">;
  baseDn: string;
  signal?: AbortSignal;
};

/** Asked for in one search. */
const idsAtOnce = 50;

/**
 * The directory with the names that its chosen units have now: renamed or moved ones are found by their ids. Throws
 * RunFailure where one is not there, for whoever is in it would be taken for gone; and DirectoryFailure.
 */
export async function inPresentUnits(asking: Asking, directory: LoadedDirectory): Promise<LoadedDirectory> {
  const { units } = directory.settings;
  if (units.take !== "specific") return directory;
  const dns = await presentNames(
    asking,
    units.chosen.map(({ id }) => id),
  );
  const lost = units.chosen.filter(({ id }) => !dns.has(id));
  if (lost.length > 0) throw new RunFailure(lostSentence(lost.map(({ name }) => name)));
  const chosen = units.chosen.map((unit) => ({ ...unit, dn: dns.get(unit.id) as string }));
  return { ...directory, settings: { ...directory.settings, units: { ...units, chosen } } };
}

async function presentNames({ connection, server, baseDn, signal }: Asking, ids: string[]) {
  const { idAttribute } = server;
  const dns = new Map<string, string>();
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const filter = idFilter(idAttribute, ids.slice(at, at + idsAtOnce));
    for await (const page of connection.pages({ baseDn, filter, attributes: [idAttribute] }, signal))
      for (const entry of page.entries) dns.set(entryId(entry, idAttribute) ?? "", entry.dn);
  }
  return dns;
}

const mostNamed = 3;

function lostSentence(names: string[]): string {
  const named = names.slice(0, mostNamed).map((name) => `“${name}”`);
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
  const are = names.length === 1 ? "unit that was chosen is" : "units that were chosen are";
  return `${names.length} ${are} not in the directory any more, or the User ID may not see it: ${named.join(", ")}${more}. Nobody was changed. Choose the units again.`;
}
