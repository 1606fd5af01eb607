import { EqualityFilter, type Filter, OrFilter } from "ldapts";
import type { DirectoryEntry } from "./entry.ts";
import { guidToBytes, guidToText } from "./guid.ts";
import type { ProbedServer } from "./probe-server.ts";

type IdAttribute = ProbedServer["idAttribute"];

/** The id that an entry keeps for life, as text in lower case; null where the reader may not see it. */
export function entryId(entry: DirectoryEntry, idAttribute: IdAttribute): string | null {
  if (idAttribute !== "objectGUID") return entry.text(idAttribute)?.toLowerCase() ?? null;
  const bytes = entry.bytes(idAttribute);
  return bytes?.length === 16 ? guidToText(bytes) : null;
}

/** The filter for whatever has one of these ids. */
export const idFilter = (attribute: IdAttribute, ids: readonly string[]): Filter =>
  new OrFilter({
    filters: ids.map(
      (id) => new EqualityFilter({ attribute, value: attribute === "objectGUID" ? guidToBytes(id) : id }),
    ),
  });
