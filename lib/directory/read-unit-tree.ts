import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { askLive, type Live, type NotAsked } from "./connection/ask-live.ts";
import { keyOrNull, parentKey } from "./dn-key.ts";
import { peopleFilter } from "./sync/person-search.ts";
import { nearestUnit, readUnits, type Unit } from "./sync/read-units.ts";

/** `people`: in it and in all units below it; null where there were too many to count in time. */
export type UnitNode = { id: string; dn: string; name: string; people: number | null; below: UnitNode[] };

/** The directory's organizational units as a tree, read now, with the people in each. */
export async function readUnitTree(
  actor: UserActor,
  network: Network,
): Promise<{ ok: true; found: UnitNode[] } | NotAsked> {
  authorize(actor, "directory.change");
  return askLive(actor, network, async (live) => {
    const units = await readUnits(live.connection, live.server, live.baseDn);
    return treeOf(units, await countPeople(live, units));
  });
}

/** By the id of the unit, with those below it; null when time was over. */
async function countPeople(
  { connection, server, baseDn, directory, until }: Live,
  units: ReadonlyMap<string, Unit>,
) {
  const counts = new Map<string, number>();
  const filter = peopleFilter(server.kind, directory.settings.users.inclusion);
  for await (const page of connection.pages({ baseDn, filter, attributes: ["1.1"] })) {
    if (Date.now() > until) return null;
    for (const { dn } of page.entries) countUpwards(units, keyOrNull(dn) ?? "", counts);
  }
  return counts;
}

function countUpwards(units: ReadonlyMap<string, Unit>, key: string, counts: Map<string, number>): void {
  for (let unit = nearestUnit(units, key); unit; unit = nearestUnit(units, parentKey(unit.key)))
    counts.set(unit.id, (counts.get(unit.id) ?? 0) + 1);
}

function treeOf(units: ReadonlyMap<string, Unit>, counts: Map<string, number> | null): UnitNode[] {
  const nodes = new Map<string, UnitNode>();
  const roots: UnitNode[] = [];
  for (const { id, dn, name, parentId } of units.values()) {
    const node: UnitNode = { id, dn, name, people: counts && (counts.get(id) ?? 0), below: [] };
    nodes.set(id, node);
    (parentId ? (nodes.get(parentId)?.below ?? roots) : roots).push(node);
  }
  const sort = (list: UnitNode[]): UnitNode[] => {
    for (const node of list) sort(node.below);
    return list.sort((one, other) => one.name.localeCompare(other.name));
  };
  return sort(roots);
}
