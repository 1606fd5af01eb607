// npm run faults:sync [-- --sizes 10,1000,100000] [--only TEXT]: what a directory that answers wrongly may not do. A real LDAP server with
// scripted accidents, the worker's own process, Postgres: nobody may be suspended by any of them, and each must be told. Prints a table; exit 1
// where somebody was, or where a run found no end.
import { parseArgs } from "node:util";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { startStub } from "#tests/bench/mail-processes.ts";
import { freshDatabase, startBenchCluster } from "#tests/bench/support/bench-database.ts";
import { withSuperuser } from "#tests/bench/support/final-rows.ts";
import { startWorker } from "#tests/bench/support/product.ts";
import { type AccidentDirectory, openAccidentDirectory } from "./sync/accident-directory.ts";
import { type Accident, accidents } from "./sync/accidents.ts";
import { type Ended, type SyncedAccount, syncedAccount } from "./sync/synced-account.ts";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "10,1000,100000" },
    only: { type: "string", default: "" },
    /** Seconds after which a run is taken for one without an end. The product waits 60 s for an answer. */
    longest: { type: "string", default: "300" },
  },
});
const longest = Number(values.longest);

type Row = Ended & { people: number; accident: string };

const cluster = await startBenchCluster();
const stub = await startStub(5);
const rows: Row[] = [];
const began = performance.now();
try {
  console.log(cells("people", "accident", "state", "suspended", "waiting", "s", "what the admin is told"));
  for (const size of values.sizes.split(",").map(Number)) await ofSize(size);
} finally {
  stub.stop();
  await cluster.stop();
}
const wrong = rows.reduce((sum, { suspended }) => sum + suspended, 0);
const endless = rows.filter(({ state }) => state.startsWith("without end")).length;
const untold = rows.filter(({ state, told }) => state !== "completed" && told === "").length;
console.log(
  `${rows.length} accidents in ${Math.round((performance.now() - began) / 1000)} s: ${wrong} people wrongly suspended, ${endless} runs without an end, ${untold} without a sentence.`,
);
process.exitCode = wrong + endless + untold === 0 ? 0 : 1;

async function ofSize(people: number): Promise<void> {
  const database = await freshDatabase(cluster);
  const environment = { ...database.environment };
  environment.ROLLCALL_ALLOW_NETWORKS = "127.0.0.0/8";
  process.env.ROLLCALL_SECRET_KEYS = environment.ROLLCALL_SECRET_KEYS;
  const directory = await openAccidentDirectory(people);
  const worker = await startWorker({ ...database, environment }, stub.url, { quiet: true });
  openDatabase(database.appUrl, { max: 2 });
  try {
    await withSuperuser(database, async (sql) => {
      const account = syncedAccount(database, sql);
      await account.connect(directory.ports.plain);
      tell({ people, accident: "(first sync)", ...(await account.sync(longest)) });
      const [here] = await sql`select count(*)::int as n from users where external_id is not null`;
      if (here?.n < people * 0.9) throw new Error(`of ${people} people ${here?.n} were brought in`);
      for (const accident of accidents.filter(({ name }) => name.includes(values.only))) {
        const row = { people, accident: accident.name, ...(await happen(accident, directory, account)) };
        rows.push(row);
        tell(row);
      }
    });
  } finally {
    await closeDatabase();
    await worker.stop();
    await directory.stop();
    await database.drop();
  }
}

/** A failed run changes nothing, so that the next accident finds what this one did; after another one all is put right. */
async function happen(
  { play, settings, inclusion }: Accident,
  directory: AccidentDirectory,
  account: SyncedAccount,
): Promise<Ended> {
  if (settings) await account.reconnect(directory.ports.plain, settings(directory));
  if (inclusion) await account.include(inclusion);
  await directory.play(play(directory));
  const ended = await account.sync(longest);
  if (directory.hasMissed()) throw new Error("the accident did not happen: nobody asked for what goes wrong");
  await directory.play();
  if (settings) await account.reconnect(directory.ports.plain, {});
  if (inclusion) await account.include("");
  if (ended.state !== "failed") await account.sync(longest);
  return ended;
}

function tell({ people, accident, state, suspended, waiting, seconds, told }: Row): void {
  console.log(cells(people, accident, state, suspended, waiting, seconds.toFixed(1), told));
}

function cells(...values: (string | number)[]): string {
  const widths = [7, 38, 26, 11, 9, 7];
  return values.map((value, nth) => String(value).padEnd(widths[nth] ?? 0)).join("");
}
