import { Control } from "ldapts";
import { dnKey, parentKey } from "../dn-key.ts";
import { entryId } from "../ldap/entry-id.ts";
import { DirectoryFailure } from "../ldap/failure.ts";
import { changedSince } from "./position.ts";
import type { Reading } from "./read-people.ts";

/** Shows what has been deleted (MS-ADTS 3.1.1.3.4.1.14). */
const showDeleted = "1.2.840.113556.1.4.417";

type Asking = Pick<Reading, "connection" | "directory" | "server" | "baseDn" | "signal">;

/**
 * Ids of accounts that Active Directory has deleted since the last run, by what it keeps of them. They say who is to be looked
 * up, and prove nothing. Whoever may not see them is shown none, or refused: then the next complete reading finds who is gone.
 */
export async function deletedSince({
  connection,
  directory,
  server,
  baseDn,
  signal,
}: Asking): Promise<string[]> {
  const { position } = directory;
  const domain = domainOf(baseDn, server.namingContexts);
  if (position?.by !== "usn" || domain === null || !server.controls.has(showDeleted)) return [];
  const search = {
    baseDn: `CN=Deleted Objects,${domain}`,
    filter: `(&(isDeleted=TRUE)(objectClass=user)${changedSince(position, new Date())})`,
    attributes: [server.idAttribute],
    controls: [new Control(showDeleted, { critical: true })],
  };
  const ids: string[] = [];
  try {
    for await (const page of connection.pages(search, signal))
      for (const entry of page.entries) ids.push(entryId(entry, server.idAttribute) ?? "");
  } catch (error) {
    if (error instanceof DirectoryFailure && error.code !== null) return [];
    throw error;
  }
  return ids.filter((id) => id !== "");
}

/** The naming context that a base is in: each has deleted entries of its own. */
function domainOf(baseDn: string, contexts: string[]): string | null {
  const byKey = new Map(contexts.map((context) => [dnKey(context), context]));
  for (let at = dnKey(baseDn); at !== ""; at = parentKey(at)) {
    const context = byKey.get(at);
    if (context) return context;
  }
  return null;
}
