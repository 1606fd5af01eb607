import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { askDoor, type Drill, type DrillDoor } from "./drill/ask-door.ts";

export type { Drill, DrillDoor };

/** What the sample directory of local mode plays now, and how to connect with it; null when it does not answer. */
export async function findDrill(actor: Actor, door: DrillDoor): Promise<Drill | null> {
  authorize(actor, "directory.drill");
  return askDoor(door);
}
