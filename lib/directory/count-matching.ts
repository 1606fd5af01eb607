import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Network } from "#lib/network/checked-addresses.ts";
import { askLive, type NotAsked } from "./connection/ask-live.ts";
import { peopleFilter, searchBases } from "./sync/person-search.ts";

/** `all` false: at least so many; there was no time to count to the end. */
export type Matching = { people: number; all: boolean };

/** How many people an inclusion rule matches in the chosen units, counted in the directory now. */
export async function countMatching(
  actor: UserActor,
  network: Network,
  inclusion: string,
): Promise<{ ok: true; found: Matching } | NotAsked> {
  authorize(actor, "directory.change");
  return askLive(actor, network, async ({ connection, server, directory, until }) => {
    const filter = peopleFilter(server.kind, inclusion);
    let people = 0;
    for (const baseDn of searchBases(directory.settings))
      for await (const page of connection.pages({ baseDn, filter, attributes: ["1.1"] })) {
        people += page.entries.length;
        if (Date.now() > until) return { people, all: false };
      }
    return { people, all: true };
  });
}
