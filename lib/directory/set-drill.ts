import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { askDoor, type DrillDoor } from "./drill/ask-door.ts";
import type { DrillMode } from "./drill-mode.ts";

export type SetDrill = { ok: true } | { ok: false; reason: "no_answer" };

/** Makes the sample directory of local mode play an accident, or be as it should again. */
export async function setDrill(actor: Actor, door: DrillDoor, mode: DrillMode): Promise<SetDrill> {
  authorize(actor, "directory.drill");
  const drill = await askDoor(door, { method: "PUT", body: JSON.stringify({ mode }) });
  return drill?.mode === mode ? { ok: true } : { ok: false, reason: "no_answer" };
}
