import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { explainAbsentAddress, explainAbsentEntry } from "./explain/absent-steps.ts";
import { explainEntry } from "./explain/entry-steps.ts";
import { readSnapshot } from "./explain/read-snapshot.ts";
import { readSought } from "./explain/sought.ts";
import { type Explanation, mostCases } from "./explain/step.ts";

export type { Explained, Explanation, Step } from "./explain/step.ts";

/** **Why?**: what the last syncs made of an address, or of an entry by its name, and for which reason; from the snapshot. */
export async function explainPerson(actor: Actor, typed: string): Promise<Explanation> {
  authorize(actor, "directory.view");
  const sought = readSought(typed);
  if (sought.by === "nothing") return { ok: false, sentence: sought.sentence };
  const { place, entries, people } = await readSnapshot(actor, sought);
  if (!place) return { ok: false, sentence: "Define the connection first." };
  const shown = entries.slice(0, mostCases);
  if (shown.length > 0)
    return {
      ok: true,
      cases: shown.map((entry) => explainEntry(entry, place, entries)),
      more: entries.length > mostCases,
    };
  const absent =
    sought.by === "dn"
      ? explainAbsentEntry(sought, place)
      : explainAbsentAddress(sought.text, place, people[0] ?? null);
  return { ok: true, cases: [absent], more: false };
}
