import type { DirectoryTree, Entry } from "#bin/local/ldap/directory-tree.ts";

export const newcomers = 30;
const leavers = 30;
const movers = 60;
const renamed = 80;

/** Takes out whoever is to come later: all people after the first so many. Lists name them already. */
export function takeOut(tree: DirectoryTree, first: number): Entry[] {
  const later = people(tree).slice(first);
  for (const { dn } of later) tree.remove(dn);
  return later;
}

/** 200 changes, spread over all units: people who come, go, move to another unit, or have another title. */
export function changeDirectory(tree: DirectoryTree, later: Entry[]): void {
  for (const entry of later) tree.entries.set(entry.key, stamped(entry));
  const enabled = people(tree).filter(({ attributes }) => !attributes.has("nsaccountlock"));
  const step = Math.floor((enabled.length - later.length) / (leavers + movers + renamed));
  const picked = Array.from({ length: leavers + movers + renamed }, (_, nth) => enabled[nth * step] as Entry);
  for (const { dn } of picked.splice(0, leavers)) tree.remove(dn);
  for (const entry of picked.splice(0, movers)) move(tree, entry);
  for (const entry of picked) stamped(entry).attributes.set("title", { name: "title", values: ["Changed"] });
}

const people = (tree: DirectoryTree): Entry[] =>
  [...tree.entries.values()].filter(({ attributes }) => attributes.has("givenname"));

/** Lists go on naming the place where it was. */
function move(tree: DirectoryTree, { dn, attributes }: Entry): void {
  tree.remove(dn);
  const to = dn.includes("ou=Sales,")
    ? dn.replace("ou=Sales,", "ou=Finance,")
    : dn.replace(/ou=[^,]+/, "ou=Sales");
  const moved = tree.put(to, {});
  for (const [name, values] of attributes) moved.attributes.set(name, values);
  stamped(moved);
}

/** As of now: whoever only asks for what has changed is told. */
function stamped(entry: Entry): Entry {
  const now = new Date().toISOString().replace(/[-:T]|\.\d+/g, "");
  entry.attributes.set("modifytimestamp", { name: "modifyTimestamp", values: [now] });
  return entry;
}
