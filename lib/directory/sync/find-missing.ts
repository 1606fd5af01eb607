import { type SQL, sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import type { StagedBatch } from "#lib/runs/run-kind.ts";
import { scopeFingerprint } from "../connection/fingerprint.ts";
import type { DirectoryPerson } from "../person/judge-entry.ts";
import { matchesRule } from "../person/rule.ts";
import { deletedSince } from "./deleted-since.ts";
import type { KnownHashes } from "./known-hashes.ts";
import { type Met, toBatch } from "./lines.ts";
import { lookUp } from "./look-up.ts";
import { peopleFilter, searchBases } from "./person-search.ts";
import type { PeopleRead, Reading } from "./read-people.ts";
import { refuseOtherIds } from "./refuse-other-ids.ts";

type Known = { externalId: string; dn: string; dnKey: string; email: string | null };
/** With what is known of the person here, where rules ask for it. */
type Missing = Known & { fields: DirectoryPerson["fields"] | null };

/** Looked up together. */
const atOnce = 1_000;
/** Another one than that of the first reading: what goes wrong with pages goes wrong elsewhere then. */
const countPageSize = 700;

/** Of as many people who should be there more than half must be found before anybody is believed to be deleted. */
const witnesses = 20;

/**
 * People of the last snapshot whom a complete reading has not met, or of whom the directory says that they were deleted since.
 * Before anybody is taken for gone an independent count must agree, or others must be found in the same way, and each is looked
 * up by the id that never changes. Of entries that are nobody here, those that were not met need not be looked up.
 */
export async function* findMissing(reading: Reading, read: PeopleRead): AsyncGenerator<StagedBatch> {
  // A batch is written while the next one is made: after this one all lines are there.
  yield toBatch([], read.lines, { met: 0, same: 0 });
  await refuseOtherIds(reading, read);
  const { people, strangers } = read.known
    ? await unmet(reading, read, read.known)
    : { people: await deletedPeople(reading), strangers: [] };
  const agrees = people.length === 0 || (await isBelieved(reading, read, people));
  await noteEnd(reading, read, { agrees, missing: people.length });
  if (!agrees) return;
  let lines = read.lines;
  // A rule that was saved after they had been read holds too.
  const { rules } = reading.directory.settings.protected;
  const sought = people.filter(
    (known) => !rules.some((rule) => matchesRule(rule, { ...known, fields: known.fields ?? {} })),
  );
  for (const part of inParts(sought)) {
    const ids = part.map(({ externalId }) => externalId);
    const found = await lookUp(reading, ids);
    const gone = part.flatMap((known) => lineOfMissing(known, found.get(known.externalId)) ?? []);
    yield toBatch(gone, lines, { met: 0, same: 0 });
    lines += gone.length;
  }
  for (const part of inParts(strangers)) {
    yield toBatch(
      part.map((known) => lineOfMissing(known, undefined) as Met),
      lines,
      { met: 0, same: 0 },
    );
    lines += part.length;
  }
}

const isBelieved = async (reading: Reading, read: PeopleRead, people: Known[]): Promise<boolean> =>
  read.known ? (await countAgain(reading)) === read.met : findsOthers(reading, people);

function* inParts<T>(all: T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce);
}

/** Of an entry `e`, and only where there are rules: of a whole directory it is much. */
const fieldsOf = ({ directory }: Reading): SQL =>
  directory.settings.protected.rules.length === 0
    ? sql`null::jsonb`
    : sql`(select to_jsonb(u) from users u where u.account_id = e.account_id and u.id = e.user_id)`;

/** Entries of the last snapshot that are neither as they were then nor lines of the run. */
async function unmet(reading: Reading, { lines }: PeopleRead, known: KnownHashes) {
  const { run } = reading;
  const { met, hashes } = known.fewer();
  const listed = sql.param(hashes);
  const isUnmet = met
    ? sql`e.row_hash <> all (${listed}::text[])`
    : sql`e.row_hash = any (${listed}::text[])`;
  return withAccount(run, async (tx) => {
    await tx.execute(sql`set local statement_timeout = '5min'`);
    await tx.execute(sql`set local enable_nestloop = off`);
    const [staged] = await tx.execute<{ n: number }>(
      sql`select count(*)::int as n from run_rows where run_id = ${run.id}`,
    );
    if (staged?.n !== lines) throw new Error(`of ${lines} lines of the run ${staged?.n} are staged`);
    const found = await tx.execute<Missing & { isHere: boolean }>(sql`
      select e.external_id as "externalId", e.dn, e.dn_key as "dnKey", e.email, e.user_id is not null as "isHere",
        ${fieldsOf(reading)} as fields
      from directory_entries e
      where (e.row_hash is null or ${isUnmet}) and (e.user_id is null or e.verdict = 'in') and not exists (
        select from run_rows r where r.account_id = e.account_id and r.run_id = ${run.id} and r.external_id = e.external_id)
      order by e.external_id`);
    return { people: found.filter(({ isHere }) => isHere), strangers: found.filter(({ isHere }) => !isHere) };
  });
}

/** Only people who are here and in scope: of whom nobody knows there is nothing to look up. */
async function deletedPeople(reading: Reading): Promise<Missing[]> {
  const ids = await deletedSince(reading);
  if (ids.length === 0) return [];
  return withAccount(reading.run, async (tx) => [
    ...(await tx.execute<Missing>(sql`
      select e.external_id as "externalId", e.dn, e.dn_key as "dnKey", e.email, ${fieldsOf(reading)} as fields from directory_entries e
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
function lineOfMissing(
  { externalId, dn, dnKey, email }: Known,
  found: "there" | { movedTo: string } | undefined,
): Met | null {
  if (found === "there") return null;
  const told = found ? `Is out of scope now: ${found.movedTo}.` : goneWords;
  const known = { externalId, dn, dnKey, email, aliases: null, unit: null };
  return { ...known, asked: "gone", fields: {}, told, hash: "", marks: null, stamp: null };
}
