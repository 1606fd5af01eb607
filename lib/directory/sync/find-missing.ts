import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { StagedBatch } from "#lib/runs/run-kind.ts";
import { scopeFingerprint } from "../connection/fingerprint.ts";
import { type Met, toBatch } from "./lines.ts";
import { lookUp } from "./look-up.ts";
import { peopleFilter, searchBases } from "./person-search.ts";
import type { PeopleRead, Reading } from "./read-people.ts";

type Known = { externalId: string; dn: string; dnKey: string; email: string | null };

/** Looked up together. */
const atOnce = 1_000;
/** Another one than that of the first reading: what goes wrong with pages goes wrong elsewhere then. */
const countPageSize = 700;

/**
 * People of the last snapshot whom a complete reading has not met. Before anybody is taken for gone an independent count
 * must agree, and each is looked up by the id that never changes.
 */
export async function* findMissing(reading: Reading, read: PeopleRead): AsyncGenerator<StagedBatch> {
  const missing = reading.span === "full" ? await missingPeople(reading, read.met) : [];
  const agrees = missing.length === 0 || (await countAgain(reading)) === read.met;
  await noteEnd(reading, read, agrees);
  if (!agrees) return;
  let lines = read.lines;
  for (let at = 0; at < missing.length; at += atOnce) {
    const part = missing.slice(at, at + atOnce);
    const ids = part.map(({ externalId }) => externalId);
    const found = await lookUp(reading, ids);
    const gone = part.flatMap((known) => lineOfMissing(known, found.get(known.externalId)) ?? []);
    yield toBatch(gone, lines, { met: 0, same: 0 });
    lines += gone.length;
  }
}

async function missingPeople({ run }: Reading, met: number): Promise<Known[]> {
  return withAccount(run, async (tx) => {
    await tx.execute(sql`set local statement_timeout = '5min'`);
    await tx.execute(sql`set local enable_nestloop = off`);
    const [noted] = await tx.execute<{ noted: number }>(sql`
      select count(*)::int as noted from directory_seen where run_id = ${run.id}`);
    // It survives no crash of the database: then everybody would be missing. The job is tried again, from the beginning.
    if ((noted?.noted ?? 0) < met)
      throw new Error("what the run has met of the directory is not here any more");
    return [
      ...(await tx.execute<Known>(sql`
        select e.external_id as "externalId", e.dn, e.dn_key as "dnKey", e.email from directory_entries e
        where e.verdict = 'in' and e.user_id is not null and not exists (
          select from directory_seen s where s.run_id = ${run.id} and s.external_id = e.external_id)
        order by e.external_id`)),
    ];
  });
}

async function countAgain({ connection, directory, server, signal }: Reading): Promise<number> {
  const filter = peopleFilter(server.kind, directory.settings.users.inclusion);
  let count = 0;
  for (const baseDn of searchBases(directory.settings)) {
    const search = { baseDn, filter, attributes: ["1.1"], pageSize: countPageSize };
    for await (const page of connection.pages(search, signal)) count += page.entries.length;
  }
  return count;
}

/** What is known now and needed at the end of the run. */
function noteEnd({ run, directory, span }: Reading, read: PeopleRead, agrees: boolean): Promise<unknown> {
  const noted = JSON.stringify({
    position: read.position,
    settledAs: scopeFingerprint(directory.settings),
    met: read.met,
    countAgrees: agrees,
    fell: span === "full" && directory.lastTotal !== null && read.met < directory.lastTotal * 0.9,
  });
  return withAccount(run, (tx) =>
    tx.execute(sql`update runs set options = options || ${noted}::jsonb where id = ${run.id}`),
  );
}

const goneWords = "Is no longer in the directory.";

/** Null: there after all, or it cannot be said. */
function lineOfMissing(known: Known, found: "there" | { movedTo: string } | undefined): Met | null {
  if (found === "there") return null;
  const told = found ? `Is out of scope now: ${found.movedTo}.` : goneWords;
  return { ...known, unit: null, asked: "gone", fields: {}, told, hash: "", marks: null, stamp: null };
}
