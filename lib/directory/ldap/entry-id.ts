import { EqualityFilter, type Filter, OrFilter } from "ldapts";
import type { DirectoryEntry } from "./entry.ts";
import { guidToBytes, guidToText, isGuid } from "./guid.ts";
import type { ProbedServer } from "./probe-server.ts";

type IdAttribute = ProbedServer["idAttribute"];

/** Whatever else stands there is no id that could be kept. */
const plausible = /^[\x21-\x7e]{1,200}$/;

/** The id that an entry keeps for life, as text in lower case; null where the reader may not see it. */
export function entryId(entry: DirectoryEntry, idAttribute: IdAttribute): string | null {
  if (idAttribute !== "objectGUID") {
    const id = entry.text(idAttribute)?.toLowerCase();
    return id !== undefined && plausible.test(id) ? id : null;
  }
  const bytes = entry.bytes(idAttribute);
  return bytes?.length === 16 ? guidToText(bytes) : null;
}

/** Whether a server of this kind can have given it. */
export const canBeId = (attribute: IdAttribute, id: string): boolean =>
  attribute !== "objectGUID" || isGuid(id);

/** The filter for whatever has one of these ids. */
export const idFilter = (attribute: IdAttribute, ids: readonly string[]): Filter =>
  new OrFilter({
    filters: ids.map(
      (id) => new EqualityFilter({ attribute, value: attribute === "objectGUID" ? guidToBytes(id) : id }),
    ),
  });
