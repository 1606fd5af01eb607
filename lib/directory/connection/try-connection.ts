import type { Network } from "#lib/network/checked-addresses.ts";
import { DirectoryConnection } from "../ldap/connection.ts";
import { DirectoryFailure, type Step } from "../ldap/failure.ts";
import { type ProbedServer, probeServer } from "../ldap/probe-server.ts";
import type { ConnectionSettings } from "../settings.ts";
import { peopleFilter } from "../sync/person-search.ts";
import { failureSentence } from "./failure-sentence.ts";

/** `counted` false: there are more than were counted in the time. */
export type Tried =
  | { ok: true; server: ProbedServer; people: number; units: number; counted: boolean }
  | { ok: false; step: Step; sentence: string };

const limits = { operationMs: 15_000 };
/** Nobody waits for a count longer than this. */
const countMs = 8_000;

/** Connects, encrypts, signs in, reads the base and counts what is below it; says which of these failed. */
export async function tryConnection(
  network: Network,
  connection: ConnectionSettings,
  password: string,
): Promise<Tried> {
  let line: DirectoryConnection | null = null;
  try {
    line = await DirectoryConnection.open(
      network,
      connection,
      { bindDn: connection.bindDn, password },
      limits,
    );
    const server = await probeServer(line);
    const base = await line.entry(connection.baseDn, ["objectClass"]);
    if (!base) throw new DirectoryFailure("search", "no_such_base");
    const until = Date.now() + countMs;
    const units = await count(line, connection.baseDn, "(objectClass=organizationalUnit)", until);
    const people = await count(line, connection.baseDn, peopleFilter(server.kind, ""), until);
    return { ok: true, server, people: people.found, units: units.found, counted: people.all && units.all };
  } catch (error) {
    if (!(error instanceof DirectoryFailure)) throw error;
    return { ok: false, step: error.step, sentence: failureSentence(error) };
  } finally {
    line?.close();
  }
}

/** Leaving a search in the middle ends the connection, so what comes after the time is not counted at all. */
async function count(line: DirectoryConnection, baseDn: string, filter: string, until: number) {
  let found = 0;
  if (Date.now() > until) return { found, all: false };
  for await (const page of line.pages({ baseDn, filter, attributes: ["1.1"] })) {
    found += page.entries.length;
    if (Date.now() > until) return { found, all: false };
  }
  return { found, all: true };
}
