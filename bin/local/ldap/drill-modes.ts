import { TLSSocket } from "node:tls";
import type { DrillMode } from "../../../lib/directory/drill-mode.ts";
import { DirectoryTree, type Entry, type Values, valuesOf } from "./directory-tree.ts";
import type { Fault } from "./ldap-server.ts";
import { operations, pagedResults, readPageWish } from "./messages.ts";
import { sampleSuffix } from "./sample-directory.ts";

/** `isOut`: nothing listens. `mostInAll`: entries, after which the server says that there are more. */
export type Play = {
  tree: DirectoryTree;
  isOut: boolean;
  mostInAll: number | undefined;
  fault: Fault | undefined;
};

const unit = `ou=Berlin,ou=Staff,${sampleSuffix}`;
const newName = "Berlin-Mitte";
const sizeLimit = 200;

/** What a directory that has `tree` is and does in a mode. The tree is left as it is. */
export function playOf(mode: DrillMode, tree: DirectoryTree): Play {
  const normal = { tree, isOut: false, mostInAll: undefined, fault: undefined };
  switch (mode) {
    case "normal":
      return normal;
    case "outage":
      return { ...normal, isOut: true };
    case "empty":
      // As for a reader that has lost its rights: lists still name whom it cannot see.
      return { ...normal, tree: without(tree, isPerson) };
    case "cut_line":
      return { ...normal, fault: cutSecondPage };
    case "renamed_unit":
      return { ...normal, tree: renamed(tree, unit, newName) };
    case "leavers":
      return { ...normal, tree: withoutMembers(without(tree, leaves)) };
    case "size_limit":
      return { ...normal, mostInAll: sizeLimit };
  }
}

const isPerson = (entry: Entry): boolean =>
  valuesOf(entry, "objectClass").some((value) => value === "inetOrgPerson");

/** Three of each five in the order of their numbers, so that every unit loses as many. */
function leaves(entry: Entry): boolean {
  const nth = Number(/^p(\d+)$/.exec(String(valuesOf(entry, "uid")[0]))?.[1]) - 1;
  return isPerson(entry) && Math.floor(nth / 20) % 5 < 3;
}

/** A page that is not the first ends in the middle of an entry, and the line with it. */
const cutSecondPage: Fault = ({ operation, controls }, socket) => {
  const paged = controls.find(({ oid }) => oid === pagedResults);
  if (operation !== operations.searchRequest || !paged || readPageWish(paged).cookie === "") return false;
  // An entry of 200 bytes, of which the first few come.
  const begun = Buffer.from("3081c80201", "hex");
  socket.write(begun, () => (socket instanceof TLSSocket ? socket.destroy() : socket.resetAndDestroy()));
  return true;
};

const without = (tree: DirectoryTree, isGone: (entry: Entry) => boolean): DirectoryTree =>
  copied(
    tree,
    (entry) => (isGone(entry) ? null : entry.dn),
    (values) => values,
  );

/** Takes names of nobody out of lists, as directories do that look after their references. */
const withoutMembers = (tree: DirectoryTree): DirectoryTree =>
  copied(
    tree,
    ({ dn }) => dn,
    (values, name) => (name === "member" ? values.filter((dn) => tree.find(String(dn))) : values),
  );

/** A unit under a new name: it and all below it have new names too, and keep their ids. */
function renamed(tree: DirectoryTree, dn: string, ou: string): DirectoryTree {
  const newDn = dn.replace(/^ou=[^,]+/, `ou=${ou}`);
  const move = (text: string) =>
    text === dn || text.endsWith(`,${dn}`) ? text.slice(0, -dn.length) + newDn : text;
  const moved = copied(
    tree,
    (entry) => move(entry.dn),
    (values) => values.map((value) => (typeof value === "string" ? move(value) : value)),
  );
  moved.find(newDn)?.attributes.set("ou", { name: "ou", values: [ou] });
  return moved;
}

function copied(
  tree: DirectoryTree,
  dnOf: (entry: Entry) => string | null,
  valuesAs: (values: Values, name: string) => Values,
): DirectoryTree {
  const copy = new DirectoryTree(tree.suffix);
  for (const entry of tree.entries.values()) {
    const dn = dnOf(entry);
    if (dn === null) continue;
    const listed = [...entry.attributes.values()].map(({ name, values }) => [name, valuesAs(values, name)]);
    copy.put(dn, Object.fromEntries(listed));
  }
  return copy;
}
