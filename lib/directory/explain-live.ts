import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { RunFailure } from "#lib/runs/run-kind.ts";
import { failureSentence } from "./connection/failure-sentence.ts";
import { type LoadedDirectory, loadDirectory } from "./connection/load-directory.ts";
import { type Asking, findLive, type LiveEntry } from "./explain/live-entry.ts";
import { explainLiveEntry, isInScope } from "./explain/live-steps.ts";
import { planLine } from "./explain/plan-line.ts";
import { readSnapshot } from "./explain/read-snapshot.ts";
import { baseStep } from "./explain/scope-steps.ts";
import { readSought, type Sought } from "./explain/sought.ts";
import { type Explained, type Explanation, stopped } from "./explain/step.ts";
import { noConnection } from "./explain-person.ts";
import { DirectoryConnection } from "./ldap/connection.ts";
import { DirectoryFailure } from "./ldap/failure.ts";
import { probeServer } from "./ldap/probe-server.ts";
import { inPresentUnits } from "./sync/present-units.ts";
import { judgingOf, meet } from "./sync/read-people.ts";
import { unitsAbove } from "./sync/read-units.ts";

const limits = { operationMs: 8_000 };
/** Nobody waits longer than this. */
const usualMs = 15_000;

const noAnswer = "The directory did not answer in time. Try again later.";

/**
 * **Ask the directory**: the same for the entry as it is there now, on a line of its own, with what the next sync would
 * do. Nothing is written. What goes wrong is a sentence.
 */
export async function explainLive(
  actor: Actor,
  network: Network,
  typed: string,
  mostMs = usualMs,
): Promise<Explanation> {
  authorize(actor, "directory.view");
  const sought = readSought(typed);
  if (sought.by === "nothing") return { ok: false, sentence: sought.sentence };
  const directory = await loadDirectory(actor);
  const outside =
    directory?.settings.connection && sought.by === "dn" && baseStep(sought.key, directory.settings);
  if (outside && outside.verdict === "stopped")
    return {
      ok: true,
      cases: [{ title: sought.text, person: null, run: null, steps: [outside] }],
      more: false,
    };
  return directory
    ? askInTime(actor, network, directory, sought, mostMs)
    : { ok: false, sentence: noConnection };
}

async function askInTime(
  actor: Actor,
  network: Network,
  directory: LoadedDirectory,
  sought: Exclude<Sought, { by: "nothing" }>,
  mostMs: number,
): Promise<Explanation> {
  const over = AbortSignal.timeout(mostMs);
  const { connection: saved } = directory.settings;
  if (!saved || directory.settings.connector !== "cloud") return { ok: false, sentence: noConnection };
  try {
    const connection = await DirectoryConnection.open(
      network,
      saved,
      { bindDn: saved.bindDn, password: directory.password },
      { operationMs: Math.min(limits.operationMs, mostMs) },
    );
    over.addEventListener("abort", () => connection.close());
    try {
      return await explainOn(actor, connection, directory, sought);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (over.aborted) return { ok: false, sentence: noAnswer };
    if (error instanceof DirectoryFailure) return { ok: false, sentence: failureSentence(error) };
    if (error instanceof RunFailure) return { ok: false, sentence: error.message };
    throw error;
  }
}

async function explainOn(
  actor: Actor,
  connection: DirectoryConnection,
  saved: LoadedDirectory,
  sought: Exclude<Sought, { by: "nothing" }>,
): Promise<Explanation> {
  const baseDn = saved.settings.connection?.baseDn ?? "";
  const server = await probeServer(connection);
  const directory = await inPresentUnits({ connection, server, baseDn }, saved);
  const asking = { connection, server, directory, baseDn };
  const { people } = await readSnapshot(actor, sought);
  const ids = people.flatMap(({ external_id }) => external_id ?? []);
  const { found, more } = await findLive(asking, sought, ids);
  if (found.length === 0) return { ok: true, cases: [nothingFound(sought.text)], more: false };
  const cases: Explained[] = [];
  for (const live of found) cases.push(await explainOne(actor, asking, live));
  return { ok: true, cases, more };
}

async function explainOne(actor: Actor, asking: Asking, live: LiveEntry): Promise<Explained> {
  const { directory, connection, server, baseDn } = asking;
  const { settings } = directory;
  const judging = judgingOf({ directory, server });
  const key = meet(live.entry, { units: null, directory }, judging)?.dnKey ?? "";
  const units = settings.units.take === "none" ? null : await unitsAbove(connection, server, baseDn, key);
  const met = meet(live.entry, { units, directory }, judging);
  if (!met) return { ...nothingFound(live.entry.dn), steps: [stopped("match", unseen)] };
  const inScope = isInScope(live, key, settings);
  const line = inScope ? met : { ...met, asked: "gone" as const, told: "Is out of scope." };
  const planned = await planLine(actor, settings, line);
  return explainLiveEntry({ live, met, planned, settings });
}

const unseen =
  "The User ID may not read the id of this entry, so that no sync can know who it is. Give it the right to.";

const nothingFound = (title: string): Explained => ({
  title,
  person: null,
  run: null,
  steps: [
    stopped("base", "The directory has no such entry below the Base DN, or the User ID may not see it."),
  ],
});
