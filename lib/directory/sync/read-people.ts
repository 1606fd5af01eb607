import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { RunFailure, type StagedBatch, type WorkedRun } from "#lib/runs/run-kind.ts";
import type { LoadedDirectory, Position } from "../connection/load-directory.ts";
import type { DirectoryConnection } from "../ldap/connection.ts";
import type { DirectoryEntry } from "../ldap/entry.ts";
import type { ProbedServer } from "../ldap/probe-server.ts";
import { askedAttributes } from "../person/asked-attributes.ts";
import { type Judging, judgeEntry } from "../person/judge-entry.ts";
import { matchesRule } from "../person/rule.ts";
import { KnownHashes } from "./known-hashes.ts";
import { lineOf, type Met, toBatch } from "./lines.ts";
import { peopleFilter, searchBases } from "./person-search.ts";
import { changedSince, positionOf, stampAttribute } from "./position.ts";
import { type Unit, unitOf } from "./read-units.ts";

export type Reading = {
  run: WorkedRun;
  directory: LoadedDirectory;
  connection: DirectoryConnection;
  server: ProbedServer;
  /** Null: people are taken from the whole base, and there are no groups of units. */
  units: ReadonlyMap<string, Unit> | null;
  span: "full" | "incremental";
  present: Position | null;
  baseDn: string;
  signal: AbortSignal;
  /** More of them are no organisation: a server that goes on for ever fills no disk. */
  mostPeople: number;
};

/**
 * `met`: people in scope; `addressed`: those for whom an address is written, whatever it is; `lines`: the last position;
 * `position`: where the next incremental run goes on; `known`: of a complete reading, what it was compared with.
 */
export type PeopleRead = {
  met: number;
  addressed: number;
  lines: number;
  position: Position | null;
  known: KnownHashes | null;
};

/** An exchange with the database costs as much as some hundreds of entries. */
const stagedAtOnce = 2_000;

const tooMany = (people: number) =>
  `The directory answered with more than ${people.toLocaleString("en")} people, and had not come to an end. Nobody was changed. Check the Base DN, and what answers there.`;

/** Judges people page by page, and yields those who are not as they were at the last run. */
export async function* readPeople(reading: Reading): AsyncGenerator<StagedBatch, PeopleRead> {
  const { run, directory, server, span } = reading;
  const known = span === "full" ? await KnownHashes.load(run) : null;
  const read: PeopleRead = { met: 0, addressed: 0, lines: 0, position: reading.present, known };
  let latest: string | null = null;
  let same = 0;
  for await (const met of judged(reading)) {
    for (const { stamp } of met) if (stamp !== null && (latest === null || stamp > latest)) latest = stamp;
    const changed = known ? met.filter(({ hash }) => !known.meet(hash)) : await compare(run, met);
    read.met += met.length;
    if (read.met > reading.mostPeople) throw new RunFailure(tooMany(reading.mostPeople));
    for (const { marks } of met) if (!marks?.includes("no_mail")) read.addressed += 1;
    same += met.length - changed.length;
    if (changed.length === 0) continue;
    yield toBatch(changed, read.lines, { met: changed.length + same, same });
    read.lines += changed.length;
    same = 0;
  }
  if (same > 0) yield toBatch([], read.lines, { met: same, same });
  read.position ??= positionOf(latest, server) ?? (span === "incremental" ? directory.position : null);
  return read;
}

/** People in scope, some thousands at a time. */
async function* judged(reading: Reading): AsyncGenerator<Met[]> {
  const { directory, connection, server } = reading;
  const judging = judgingOf(reading);
  const filter = peopleFilter(server.kind, directory.settings.users.inclusion, ...since(reading));
  const attributes = [...askedAttributes(directory.settings.users, server), stampAttribute];
  let met: Met[] = [];
  for (const baseDn of searchBases(directory.settings))
    for await (const page of connection.pages({ baseDn, filter, attributes }, reading.signal)) {
      for (const entry of page.entries) {
        const line = meet(entry, reading, judging);
        if (line) met.push(line);
      }
      if (met.length < stagedAtOnce) continue;
      yield met;
      met = [];
    }
  if (met.length > 0) yield met;
}

const since = ({ span, directory }: Reading): string[] =>
  span === "incremental" && directory.position ? [changedSince(directory.position, new Date())] : [];

export const judgingOf = ({ directory, server }: Pick<Reading, "directory" | "server">): Judging => ({
  kind: server.kind,
  idAttribute: server.idAttribute,
  users: directory.settings.users,
  domains: directory.domains,
  now: new Date(),
});

/** Null: the reader may not see the id of this entry, so that nothing can be known of it. */
export function meet(
  entry: DirectoryEntry,
  reading: Pick<Reading, "units" | "directory">,
  judging: Judging,
): Met | null {
  const { units, directory } = reading;
  const person = judgeEntry(entry, judging);
  if (!person) return null;
  const unit = units && unitOf(units, person.dnKey);
  const isProtected = directory.settings.protected.rules.some((rule) => matchesRule(rule, person));
  const { exclusions } = directory.settings.users;
  return lineOf(person, {
    unit: unit?.path ?? null,
    isProtected,
    stamp: entry.text(stampAttribute),
    isStated: judging.kind !== "active_directory" || entry.text("userAccountControl") !== null,
    exclusions,
  });
}

/** Those of some changed entries that are not as at the last run. */
async function compare(run: WorkedRun, met: Met[]): Promise<Met[]> {
  const ids = sql.param(met.map(({ externalId }) => externalId));
  const hashes = sql.param(met.map(({ hash }) => hash));
  const rows = await withAccount(run, async (tx) => {
    // To the planner a seventh of the directory looks like all of it, which would be gone through for every exchange.
    await tx.execute(sql`set local enable_hashjoin = off`);
    await tx.execute(sql`set local enable_mergejoin = off`);
    return tx.execute<{ nth: number }>(sql`
      select m.nth::int as nth from unnest(${ids}::text[], ${hashes}::text[]) with ordinality as m (id, hash, nth)
      left join directory_entries e on e.account_id = ${run.accountId} and e.external_id = m.id
      where e.row_hash is distinct from m.hash order by m.nth`);
  });
  return [...rows].map(({ nth }) => met[nth - 1] as Met);
}
