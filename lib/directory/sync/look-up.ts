import { AndFilter, type Filter, FilterParser } from "ldapts";
import { canBeId, idFilter } from "../ldap/entry-id.ts";
import { askedAttributes } from "../person/asked-attributes.ts";
import { judgeEntry } from "../person/judge-entry.ts";
import { peopleFilter, searchBases } from "./person-search.ts";
import { judgingOf, type Reading } from "./read-people.ts";

/** Asked for in one search. */
const idsAtOnce = 50;

type Asking = Pick<Reading, "connection" | "directory" | "server" | "baseDn" | "signal">;

/**
 * Looks people up by their ids: "there" is in scope and enabled; `movedTo` names an entry that is in the directory but not
 * in scope, or disabled. An id that is not answered is not in the directory; one that the server could not have given cannot be
 * asked for, and counts as there. Throws DirectoryFailure.
 */
export async function lookUp(
  asking: Asking,
  ids: string[],
): Promise<Map<string, "there" | { movedTo: string }>> {
  const found = new Map<string, "there" | { movedTo: string }>();
  const { kind, idAttribute } = asking.server;
  for (const id of ids) if (!canBeId(idAttribute, id)) found.set(id, "there");
  const asked = ids.filter((id) => !found.has(id));
  for (let at = 0; at < asked.length; at += idsAtOnce) {
    const part = asked.slice(at, at + idsAtOnce);
    const any = await search(asking, [asking.baseDn], idFilter(idAttribute, part));
    if (any.size === 0) continue;
    for (const [id, { dn }] of any) found.set(id, { movedTo: dn });
    const inScope = FilterParser.parseString(peopleFilter(kind, asking.directory.settings.users.inclusion));
    const narrowed = new AndFilter({ filters: [inScope, idFilter(idAttribute, [...any.keys()])] });
    const scoped = await search(asking, searchBases(asking.directory.settings), narrowed);
    for (const [id, { disabled }] of scoped) if (!disabled) found.set(id, "there");
  }
  return found;
}

async function search({ connection, directory, server, signal }: Asking, bases: string[], filter: Filter) {
  const judging = judgingOf({ directory, server });
  const attributes = askedAttributes(directory.settings.users, server);
  const entries = new Map<string, { dn: string; disabled: boolean }>();
  for (const baseDn of bases)
    for await (const page of connection.pages({ baseDn, filter, attributes }, signal))
      for (const entry of page.entries) {
        const person = judgeEntry(entry, judging);
        if (person) entries.set(person.externalId, { dn: entry.dn, disabled: person.disabled !== null });
      }
  return entries;
}
