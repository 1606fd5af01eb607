import { shownCell } from "#lib/users/shown-cell.ts";
import { dnKey, firstName, keyOrNull, parentKey, parseDn } from "../dn-key.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import { entryId } from "../ldap/entry-id.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { cleanName } from "./clean-name.ts";

/**
 * An organizational unit; `path` names it and all above it: "Staff / Berlin / Sales", also what is no unit, for two units of
 * one name may lie in different places. `parentId` null: no unit is above it.
 */
export type Unit = {
  id: string;
  dn: string;
  key: string;
  name: string;
  path: string;
  parentId: string | null;
};

const mostUnits = 100_000;
/** In characters: what is longer has no place in an index. */
const longestPath = 600;

const unitFilter = "(objectClass=organizationalUnit)";
type Found = Pick<Unit, "id" | "dn" | "key" | "name">;

/** All organizational units below the base, by the key of their name, each after the one above it. */
export async function readUnits(
  connection: DirectoryConnection,
  server: Pick<ProbedServer, "idAttribute">,
  baseDn: string,
  signal?: AbortSignal,
): Promise<Map<string, Unit>> {
  const found: Found[] = [];
  const search = { baseDn, filter: unitFilter, attributes: ["ou", server.idAttribute] };
  for await (const page of connection.pages(search, signal))
    for (const entry of page.entries) {
      const unit = foundUnit(entry, server);
      if (unit && found.length < mostUnits) found.push(unit);
    }
  return asTree(found, baseDn);
}

/** The same of the units that one entry, by its key, is in. */
export async function unitsAbove(
  connection: DirectoryConnection,
  server: Pick<ProbedServer, "idAttribute">,
  baseDn: string,
  key: string,
): Promise<Map<string, Unit>> {
  const found: Found[] = [];
  const base = dnKey(baseDn);
  for (let at = parentKey(key); at !== ""; at = at === base ? "" : parentKey(at)) {
    const search = { baseDn: at, scope: "base" as const, filter: unitFilter };
    const { entries } = await connection.some({ ...search, attributes: ["ou", server.idAttribute] }, 1);
    const unit = entries[0] && foundUnit(entries[0], server);
    if (unit) found.push(unit);
  }
  return asTree(found, baseDn);
}

function foundUnit(entry: DirectoryEntry, { idAttribute }: Pick<ProbedServer, "idAttribute">): Found | null {
  const id = entryId(entry, idAttribute);
  const key = keyOrNull(entry.dn);
  return id && key ? { id, dn: entry.dn, key, name: cleanName(firstName(entry.dn)) || entry.dn } : null;
}

function asTree(found: Found[], baseDn: string): Map<string, Unit> {
  const base = parseDn(baseDn).length;
  found.sort((one, other) => one.key.split(",").length - other.key.split(",").length);
  const units = new Map<string, Unit>();
  for (const unit of found) {
    const above = nearestUnit(units, parentKey(unit.key));
    const names = parseDn(unit.dn);
    // What lies between it and the unit above, or the base.
    const between = names.slice(1, Math.max(names.length - (above ? parseDn(above.dn).length : base), 1));
    const path = [above?.path ?? [], between.map(([part]) => part?.[1]).reverse(), unit.name]
      .flat()
      .join(" / ");
    units.set(unit.key, { ...unit, path: shownCell(path, longestPath), parentId: above?.id ?? null });
  }
  return units;
}

const unitsOf = new WeakMap<ReadonlyMap<string, Unit>, Map<string, Unit | null>>();

/** `nearestUnit`, remembered by the entry above: most of a unit's people are side by side. */
export function unitOf(units: ReadonlyMap<string, Unit>, key: string): Unit | null {
  const own = units.get(key);
  if (own) return own;
  const known = unitsOf.get(units) ?? new Map<string, Unit | null>();
  unitsOf.set(units, known);
  const above = parentKey(key);
  const unit = known.get(above);
  if (unit !== undefined) return unit;
  const found = nearestUnit(units, above);
  known.set(above, found);
  return found;
}

/** The unit that an entry is in, or the nearest one above that; null where there is none. */
export function nearestUnit(units: ReadonlyMap<string, Unit>, key: string): Unit | null {
  for (let at = key; at !== ""; at = parentKey(at)) {
    const unit = units.get(at);
    if (unit) return unit;
  }
  return null;
}
