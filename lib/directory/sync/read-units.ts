import { dnKey, firstName, parentKey } from "../dn-key.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import { entryId } from "../ldap/entry-id.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";

/** An organizational unit; `path` names it and all above it: "Staff / Berlin / Sales". `parentId` null: right below the base. */
export type Unit = {
  id: string;
  dn: string;
  key: string;
  name: string;
  path: string;
  parentId: string | null;
};

const mostUnits = 100_000;

/** All organizational units below the base, by the key of their name, each after the one above it. */
export async function readUnits(
  connection: DirectoryConnection,
  { idAttribute }: Pick<ProbedServer, "idAttribute">,
  baseDn: string,
  signal?: AbortSignal,
): Promise<Map<string, Unit>> {
  const found: { id: string; dn: string; key: string; name: string }[] = [];
  const search = { baseDn, filter: "(objectClass=organizationalUnit)", attributes: ["ou", idAttribute] };
  for await (const page of connection.pages(search, signal))
    for (const entry of page.entries) {
      const id = entryId(entry, idAttribute);
      if (id && found.length < mostUnits)
        found.push({ id, dn: entry.dn, key: dnKey(entry.dn), name: firstName(entry.dn) });
    }
  found.sort((one, other) => one.key.split(",").length - other.key.split(",").length);
  const units = new Map<string, Unit>();
  for (const unit of found) {
    const above = nearestUnit(units, parentKey(unit.key));
    const path = above ? `${above.path} / ${unit.name}` : unit.name;
    units.set(unit.key, { ...unit, path, parentId: above?.id ?? null });
  }
  return units;
}

/** The unit that an entry is in, or the nearest one above that; null where there is none. */
export function nearestUnit(units: ReadonlyMap<string, Unit>, key: string): Unit | null {
  for (let at = key; at !== ""; at = parentKey(at)) {
    const unit = units.get(at);
    if (unit) return unit;
  }
  return null;
}
