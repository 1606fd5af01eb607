import { EqualityFilter, type Filter, OrFilter } from "ldapts";
import type { Live } from "../connection/ask-live.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import { idFilter } from "../ldap/entry-id.ts";
import { askedAttributes } from "../person/asked-attributes.ts";
import { mappingOf } from "../person/default-mapping.ts";
import { peopleFilter } from "../sync/person-search.ts";
import type { Sought } from "./sought.ts";
import { mostCases } from "./step.ts";

export type Asking = Omit<Live, "until">;

/** An entry as it is now. `isPerson`: of the kind that syncs take; `fits`: the inclusion rule too. */
export type LiveEntry = { entry: DirectoryEntry; isPerson: boolean; fits: boolean };

/** Entries of this name or address, or with one of these ids, below the base. Throws DirectoryFailure. */
export async function findLive(
  asking: Asking,
  sought: Exclude<Sought, { by: "nothing" }>,
  ids: string[],
): Promise<{ found: LiveEntry[]; more: boolean }> {
  const { connection, server, directory, baseDn } = asking;
  const attributes = askedAttributes(directory.settings.users, server);
  if (sought.by === "dn") {
    const entry = await connection.entry(sought.text, attributes);
    return { found: entry ? [await judged(asking, entry)] : [], more: false };
  }
  const filter = addressFilter(asking, sought.text, ids);
  const { entries, more } = await connection.some({ baseDn, filter, attributes }, mostCases);
  const found: LiveEntry[] = [];
  for (const entry of entries) found.push(await judged(asking, entry));
  return { found, more };
}

/** Values go as bytes of their own: nothing that is typed is read as part of the filter. */
function addressFilter({ server, directory }: Asking, address: string, ids: string[]): Filter {
  const { kind, idAttribute } = server;
  const names = mappingOf(kind, directory.settings.users).email ?? [];
  const filters: Filter[] = names.map(
    (attribute) =>
      new EqualityFilter({
        attribute,
        value: attribute.toLowerCase() === "proxyaddresses" ? `SMTP:${address}` : address,
      }),
  );
  if (ids.length > 0) filters.push(idFilter(idAttribute, ids));
  return new OrFilter({ filters });
}

async function judged({ connection, server, directory }: Asking, entry: DirectoryEntry): Promise<LiveEntry> {
  const meets = async (inclusion: string) => {
    const search = { baseDn: entry.dn, scope: "base" as const, filter: peopleFilter(server.kind, inclusion) };
    return (await connection.some({ ...search, attributes: ["1.1"] }, 1)).entries.length > 0;
  };
  const { inclusion } = directory.settings.users;
  const isPerson = await meets("");
  return { entry, isPerson, fits: isPerson && (inclusion === "" || (await meets(inclusion))) };
}
