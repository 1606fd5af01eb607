import { keyOrNull } from "../dn-key.ts";
import { allValues } from "../ldap/all-values.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import { entryId } from "../ldap/entry-id.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { cleanName } from "./clean-name.ts";

/** Bytes of one without the number at its end that is the account's own (MS-DTYP 2.4.2.2). */
const shortestSid = 8;

export type List = {
  id: string;
  dn: string;
  key: string;
  name: string;
  mail: string | null;
  rid: number | null;
};
export type Lists = { byId: ReadonlyMap<string, List>; byKey: ReadonlyMap<string, List> };

type Asking = {
  connection: DirectoryConnection;
  server: ProbedServer;
  baseDn: string;
  signal?: AbortSignal;
};

export const listFilter = "(|(objectClass=group)(objectClass=groupOfNames)(objectClass=groupOfUniqueNames))";

/** All lists below the base, without their members. */
export async function readLists({ connection, server, baseDn, signal }: Asking): Promise<Lists> {
  const byId = new Map<string, List>();
  const byKey = new Map<string, List>();
  const attributes = ["cn", "mail", "objectSid", server.idAttribute];
  for await (const page of connection.pages({ baseDn, filter: listFilter, attributes }, signal))
    for (const entry of page.entries) {
      const list = listOf(entry, server);
      if (!list) continue;
      byId.set(list.id, list);
      byKey.set(list.key, list);
    }
  return { byId, byKey };
}

export function listOf(entry: DirectoryEntry, server: ProbedServer): List | null {
  const id = entryId(entry, server.idAttribute);
  const key = keyOrNull(entry.dn);
  if (!id || !key) return null;
  const sid = server.kind === "active_directory" ? entry.bytes("objectSid") : null;
  return {
    id,
    dn: entry.dn,
    key,
    name: cleanName(entry.text("cn") ?? "") || cleanName(entry.dn),
    mail: entry.text("mail"),
    rid: sid && sid.length > shortestSid ? sid.readUInt32LE(sid.length - 4) : null,
  };
}

/** Kept of lists that others may hold too, in keys; more of them are asked for again. */
const mostKept = 200_000;

/** Reads who is in lists, and notes which lists are in which (`nesting`, by their keys). */
export class ListReader {
  readonly nesting = new Map<string, Set<string>>();
  readonly #asking: Asking;
  readonly #known: Lists;
  readonly #kept = new Map<string, string[]>();
  #room = mostKept;

  constructor(asking: Asking, known: Lists) {
    this.#asking = asking;
    this.#known = known;
  }

  /** The keys of all people of a list and of the lists in it, each once, in order. Lists that hold each other end nowhere. */
  async membersOf(list: List): Promise<string[]> {
    const people = new Set<string>();
    const visited = new Set<string>();
    const waiting: List[] = [list];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (visited.has(next.key)) continue;
      visited.add(next.key);
      for (const key of await this.#direct(next)) {
        const inner = this.#known.byKey.get(key);
        if (!inner) people.add(key);
        else {
          waiting.push(inner);
          this.nesting.set(next.key, (this.nesting.get(next.key) ?? new Set()).add(inner.key));
        }
      }
    }
    return [...people].sort();
  }

  async #direct(list: List): Promise<string[]> {
    const kept = this.#kept.get(list.key);
    if (kept) return kept;
    const members = await directMembers(this.#asking, list);
    if (members.length <= this.#room) {
      this.#kept.set(list.key, members);
      this.#room -= members.length;
    }
    return members;
  }
}

/** Behind a name there may be one more id, in bits (RFC 4517 3.3.21). */
const optionalUid = /#'[01]*'B$/;

async function directMembers(asking: Asking, { dn, rid }: List): Promise<string[]> {
  const keys: string[] = [];
  for (const name of ["member", "uniqueMember"]) {
    const entry = await asking.connection.entry(dn, [name]);
    if (!entry) continue;
    for (const value of await allValues(asking.connection, entry, name)) {
      const key = keyOrNull(name === "uniqueMember" ? value.replace(optionalUid, "") : value);
      if (key !== null) keys.push(key);
    }
  }
  return rid === null ? keys : [...keys, ...(await primaryMembers(asking, rid))];
}

/** People whose primary group it is are missing from its members in Active Directory. */
async function primaryMembers({ connection, baseDn, signal }: Asking, rid: number): Promise<string[]> {
  const keys: string[] = [];
  const search = { baseDn, filter: `(primaryGroupID=${rid})`, attributes: ["1.1"] };
  for await (const page of connection.pages(search, signal))
    keys.push(...page.entries.flatMap(({ dn }) => keyOrNull(dn) ?? []));
  return keys;
}
