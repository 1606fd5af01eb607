import type { DirectoryEntry } from "./entry.ts";
import { guidToText } from "./guid.ts";
import type { ProbedServer } from "./probe-server.ts";

/** The id that an entry keeps for life, as text in lower case; null where the reader may not see it. */
export function entryId(entry: DirectoryEntry, idAttribute: ProbedServer["idAttribute"]): string | null {
  if (idAttribute !== "objectGUID") return entry.text(idAttribute)?.toLowerCase() ?? null;
  const bytes = entry.bytes(idAttribute);
  return bytes?.length === 16 ? guidToText(bytes) : null;
}
