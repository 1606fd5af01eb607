import { AndFilter, FilterParser, OrFilter, SubstringFilter } from "ldapts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { askLive, type NotAsked } from "./connection/ask-live.ts";
import { listFilter, listOf } from "./sync/read-lists.ts";

export type FoundList = { id: string; dn: string; name: string; mail: string | null };

/** `more`: there are more than are told. */
export type FoundLists = { lists: FoundList[]; more: boolean };

const most = 50;
/** Fewer characters match too much of a large directory. */
export const fewestCharacters = 3;

/** Distribution lists and groups whose name or address has the text in it, asked now. */
export async function findLists(
  actor: UserActor,
  network: Network,
  text: string,
): Promise<{ ok: true; found: FoundLists } | NotAsked> {
  authorize(actor, "directory.change");
  const sought = text.trim().slice(0, 200);
  if ([...sought].length < fewestCharacters)
    return { ok: false, sentence: `Type at least ${fewestCharacters} characters of its name or address.` };
  return askLive(actor, network, async ({ connection, server, baseDn }) => {
    const isNamed = (attribute: string) => new SubstringFilter({ attribute, any: [sought] });
    const filter = new AndFilter({
      filters: [
        FilterParser.parseString(listFilter),
        new OrFilter({ filters: [isNamed("cn"), isNamed("mail")] }),
      ],
    });
    const attributes = ["cn", "mail", "objectSid", server.idAttribute];
    const { entries, more } = await connection.some({ baseDn, filter, attributes }, most);
    const lists = entries
      .flatMap((entry) => listOf(entry, server) ?? [])
      .map(({ id, dn, name, mail }) => ({ id, dn, name, mail }));
    return { lists: lists.sort((one, other) => one.name.localeCompare(other.name)), more };
  });
}
