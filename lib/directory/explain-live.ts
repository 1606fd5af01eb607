import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { askLive, type Live } from "./connection/ask-live.ts";
import { type Asking, findLive, type LiveEntry } from "./explain/live-entry.ts";
import { explainLiveEntry, isInScope } from "./explain/live-steps.ts";
import { planLine } from "./explain/plan-line.ts";
import { readSnapshot } from "./explain/read-snapshot.ts";
import { baseStep } from "./explain/scope-steps.ts";
import { readSought, type Sought } from "./explain/sought.ts";
import { type Explained, type Explanation, type Step, stopped } from "./explain/step.ts";
import { inPresentUnits } from "./sync/present-units.ts";
import { judgingOf, meet } from "./sync/read-people.ts";
import { unitsAbove } from "./sync/read-units.ts";

/** Nobody waits longer than this. */
const usualMs = 15_000;

type Given = Exclude<Sought, { by: "nothing" }>;

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
  const asked = await askLive(actor, network, (live) => explainOn(actor, live, sought), mostMs);
  return asked.ok ? { ok: true, ...asked.found } : asked;
}

type Told = { cases: Explained[]; more: boolean };

async function explainOn(actor: Actor, live: Live, sought: Given): Promise<Told> {
  const outside = sought.by === "dn" && baseStep(sought.key, live.directory.settings);
  if (outside && outside.verdict === "stopped") return only(sought.text, outside);
  const asking = { ...live, directory: await inPresentUnits(live, live.directory) };
  const { people } = await readSnapshot(actor, sought);
  const ids = people.flatMap(({ external_id }) => external_id ?? []);
  const { found, more } = await findLive(asking, sought, ids);
  if (found.length === 0) return only(sought.text, stopped("base", notThere));
  const cases: Explained[] = [];
  for (const each of found) cases.push(await explainOne(actor, asking, each));
  return { cases, more };
}

const only = (title: string, step: Step): Told => ({
  cases: [{ title, person: null, run: null, steps: [step] }],
  more: false,
});

async function explainOne(actor: Actor, asking: Asking, live: LiveEntry): Promise<Explained> {
  const { directory, connection, server, baseDn } = asking;
  const { settings } = directory;
  const judging = judgingOf({ directory, server });
  const key = meet(live.entry, { units: null, directory }, judging)?.dnKey ?? "";
  const units = settings.units.take === "none" ? null : await unitsAbove(connection, server, baseDn, key);
  const met = meet(live.entry, { units, directory }, judging);
  if (!met) return { title: live.entry.dn, person: null, run: null, steps: [stopped("match", unseen)] };
  const inScope = isInScope(live, key, settings);
  const line = inScope ? met : { ...met, asked: "gone" as const, told: "Is out of scope." };
  const planned = await planLine(actor, settings, line);
  return explainLiveEntry({ live, met, planned, settings });
}

const unseen =
  "The User ID may not read the id of this entry, so that no sync can know who it is. Give it the right to.";

const notThere = "The directory has no such entry below the Base DN, or the User ID may not see it.";
