import { DirectoryTree, type Entry } from "#bin/local/ldap/directory-tree.ts";
import { playOf } from "#bin/local/ldap/drill-modes.ts";
import { sampleReader } from "#bin/local/ldap/sample-directory.ts";
import type { ConnectionSettings } from "#lib/directory/settings.ts";
import {
  code,
  cutEntry,
  emptyPageWithCookie,
  endlessEntries,
  firstPageAgain,
  garbage,
  halfClose,
  hugeEntry,
  referrals,
  refuseBind,
  reset,
  silence,
  type Turn,
  withoutPaging,
} from "#tests/support/ldap/faults.ts";
import { type AccidentDirectory, onPeople, type Play } from "./accident-directory.ts";

export type Accident = {
  name: string;
  /** Made anew each time: a fault counts pages by itself. */
  play: (directory: AccidentDirectory) => Play;
  /** Of the settings that an admin has saved before; what is not said is as usual. */
  settings?: (directory: AccidentDirectory) => Partial<ConnectionSettings>;
  /** What an admin has typed by mistake. */
  inclusion?: string;
};

const inMiddle = (name: string, act: (turn: Turn) => void): Accident => ({
  name,
  play: ({ tree, middle }) => ({ fault: onPeople(tree, middle, act) }),
});
const atOnce = (name: string, act: (turn: Turn) => void): Accident => ({
  name,
  play: ({ tree }) => ({ fault: onPeople(tree, 1, act) }),
});
const onEach = (name: string, act: (turn: Turn) => void): Accident => ({
  name,
  play: ({ tree }) => ({ fault: onPeople(tree, "each", act) }),
});
const seen = (name: string, change: (tree: DirectoryTree) => DirectoryTree): Accident => ({
  name,
  play: ({ tree }) => ({ tree: change(tree).settle() }),
});
const always = (name: string, play: Play): Accident => ({ name, play: () => play });

const connecting: Accident[] = [
  always("connection refused", { isOut: true }),
  { name: "host name does not resolve", play: () => ({}), settings: () => ({ host: "directory.invalid" }) },
  {
    name: "certificate of an unknown authority",
    play: () => ({ isForged: true }),
    settings: ({ ports, ca }) => ({ port: ports.tls, security: "ldaps", ca }),
  },
  seen("wrong password", (tree) => changed(tree, sampleReader, "userPassword", "another")),
  always("bind: strong authentication required", { fault: refuseBind(8) }),
  always("accepts, never answers", { fault: () => true }),
];

const reading: Accident[] = [
  atOnce("reset at the first page", reset),
  inMiddle("reset in the middle", reset),
  inMiddle("half-closed in the middle", halfClose),
  inMiddle("half an entry in the middle", cutEntry),
  inMiddle("garbage in the middle", garbage),
  inMiddle("falls silent in the middle", silence),
  onEach("empty answer", (turn) => code(0)(turn)),
  inMiddle("ends in the middle as if complete", (turn) => code(0)(turn)),
  inMiddle("one empty page with a cookie", emptyPageWithCookie),
  onEach("empty pages without end", emptyPageWithCookie),
  {
    name: "the first page again and again",
    play: ({ tree, mostInPage }) => ({ fault: firstPageAgain(tree, mostInPage) }),
  },
  inMiddle("entries without end", endlessEntries),
  inMiddle("paging ignored", withoutPaging),
  onEach("referrals instead of entries", referrals(50)),
  inMiddle("referrals from the middle on", referrals(50)),
  inMiddle("size limit", code(4)),
  inMiddle("time limit", code(3)),
  inMiddle("limit of administrators", code(11)),
  inMiddle("busy", code(51)),
  inMiddle("unavailable", code(52)),
  inMiddle("attribute of 50 MB", hugeEntry(50 * 1024 ** 2)),
];

const contents: Accident[] = [
  seen("rights lost for a fifth", (tree) => without(tree, (nth) => nth % 5 === 0)),
  seen("60 % leavers", (tree) => playOf("leavers", tree).tree),
  seen("all people gone", (tree) => playOf("empty", tree).tree),
  seen("renamed unit", (tree) => playOf("renamed_unit", tree).tree),
  { name: "filter changed by mistake", play: () => ({}), inclusion: "(l=Berlin)" },
];

/** Each is another answer to the same question. */
export const accidents: Accident[] = [...connecting, ...reading, ...contents];

/** The same entries, but for those that `as` answers with null. */
function copied(tree: DirectoryTree, as: (entry: Entry) => Entry | null): DirectoryTree {
  const copy = new DirectoryTree(tree.suffix);
  for (const entry of tree.entries.values()) {
    const kept = as(entry);
    if (kept) copy.entries.set(kept.key, kept);
  }
  return copy;
}

function changed(tree: DirectoryTree, dn: string, name: string, value: string): DirectoryTree {
  return copied(tree, (entry) => {
    if (entry.dn !== dn) return entry;
    const attributes = new Map(entry.attributes).set(name.toLowerCase(), { name, values: [value] });
    return { ...entry, attributes };
  });
}

function without(tree: DirectoryTree, goes: (nth: number) => boolean): DirectoryTree {
  let nth = 0;
  return copied(tree, (entry) => (entry.dn.startsWith("uid=p") && goes(nth++) ? null : entry));
}
