import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { StagedBatch } from "#lib/runs/run-kind.ts";
import { scopeFingerprint } from "../connection/fingerprint.ts";
import { deletedSince } from "./deleted-since.ts";
import { type Met, toBatch } from "./lines.ts";
import { lookUp } from "./look-up.ts";
import { peopleFilter, searchBases } from "./person-search.ts";
import type { PeopleRead, Reading } from "./read-people.ts";

type Known = { externalId: string; dn: string; dnKey: string; email: string | null };

/** Looked up together. */
const atOnce = 1_000;
/** Another one than that of the first reading: what goes wrong with pages goes wrong elsewhere then. */
const countPageSize = 700;

/** Of as many people who should be there more than half must be found before anybody is believed to be deleted. */
const witnesses = 20;

/**
 * People of the last snapshot whom a complete reading has not met, or of whom the directory says that they were deleted since.
 * Before anybody is taken for gone an independent count must agree, or others must be found in the same way, and each is looked
 * up by the id that never changes.
 */
export async function* findMissing(reading: Reading, read: PeopleRead): AsyncGenerator<StagedBatch> {
  const isFull = reading.span === "full";
  const missing = isFull ? await missingPeople(reading, read.met) : await deletedPeople(reading);
  const agrees =
    missing.length === 0 ||
    (isFull ? (await countAgain(reading)) === read.met : await findsOthers(reading, missing));
  await noteEnd(reading, read, { agrees, missing: missing.length });
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

/** Only people who are here and in scope: of whom nobody knows there is nothing to look up. */
async function deletedPeople(reading: Reading): Promise<Known[]> {
  const ids = await deletedSince(reading);
  if (ids.length === 0) return [];
  return withAccount(reading.run, async (tx) => [
    ...(await tx.execute<Known>(sql`
      select e.external_id as "externalId", e.dn, e.dn_key as "dnKey", e.email from directory_entries e
      where e.verdict = 'in' and e.user_id is not null and e.external_id = any (${sql.param(ids)}::text[])
      order by e.external_id`)),
  ]);
}

/** Who sees nobody any more finds nobody by an id either. */
async function findsOthers(reading: Reading, missing: Known[]): Promise<boolean> {
  const ids = sql.param(missing.map(({ externalId }) => externalId));
  const others = await withAccount(reading.run, (tx) =>
    tx.execute<{ id: string }>(sql`
      select e.external_id as id from directory_entries e
      where e.verdict = 'in' and e.user_id is not null and e.external_id <> all (${ids}::text[])
      order by e.external_id limit ${witnesses}`),
  );
  const found = await lookUp(
    reading,
    [...others].map(({ id }) => id),
  );
  return found.size * 2 > others.length;
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
function noteEnd(
  { run, directory, span }: Reading,
  read: PeopleRead,
  { agrees, missing }: { agrees: boolean; missing: number },
): Promise<unknown> {
  const total = directory.lastTotal ?? 0;
  const left = span === "full" ? read.met : total - missing;
  const noted = JSON.stringify({
    position: read.position,
    settledAs: scopeFingerprint(directory.settings),
    met: read.met,
    countAgrees: agrees,
    fell: left < total * 0.9,
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
