import { loadavg } from "node:os";
import type { TestCluster } from "#tests/support/test-cluster.ts";
import { type BenchDatabase, freshDatabase } from "./bench-database.ts";
import { differences, finalRows, peopleWritten, withSuperuser } from "./final-rows.ts";
import { type FileKind, runFloor, type Seen, type Timed } from "./floor.ts";
import { addKnownPeople } from "./known-people.ts";
import type { PeopleFile } from "./people-file.ts";
import { peakMemory, runApproved, runProduct, startWorker, untilTidied } from "./product.ts";
import { rest } from "./rest.ts";

export type Pair = { floor: Timed; product: Timed; memory: number | null; load: number };
export type Round = { fresh: Pair; unchanged: Pair };

type Sides = { floor: BenchDatabase; product: BenchDatabase };
/** `drained`: the first import's mails are out before the second import; else they are being sent beside it. */
export type Bench = {
  cluster: TestCluster;
  mailUrl: string;
  file: PeopleFile;
  drained: boolean;
  kind?: FileKind;
};

/**
 * A first import and the same file once more, each by the floor and then by the product, in databases of their own.
 * Throws when the two sides do not end with the same rows, or when the second import wrote anybody or any mail.
 */
export async function importRound(
  bench: Bench,
  after?: (database: BenchDatabase, runId: string) => Promise<void>,
): Promise<Round> {
  const sides = { floor: await freshDatabase(bench.cluster), product: await freshDatabase(bench.cluster) };
  try {
    const fresh = await measure(bench, sides, "new");
    const before = await peopleWritten(sides.product);
    if (bench.drained) await drain(sides.product);
    const unchanged = await measure(bench, sides, "known");
    if (before !== (await peopleWritten(sides.product))) {
      throw new Error("the second import of the same file wrote users, invitations or mails");
    }
    await after?.(sides.product, fresh.product.runId);
    return { fresh, unchanged };
  } finally {
    await sides.floor.drop();
    await sides.product.drop();
  }
}

/**
 * A file of New, Update and Delete in an account that has those whom it changes and removes, and so many `others`; by the
 * floor and then by the product. Removals over the bound wait for approval: that run and its approval are one time.
 */
export async function mixRound(bench: Bench, others: number): Promise<Pair> {
  const sides = { floor: await freshDatabase(bench.cluster), product: await freshDatabase(bench.cluster) };
  // The operator's part of the bound out of the way: 20 % of the account's people are left.
  sides.product.environment.ROLLCALL_REMOVAL_PERCENT = "100";
  try {
    await addKnownPeople(sides.floor, bench.file, others);
    await addKnownPeople(sides.product, bench.file, others);
    return await measure(bench, sides, "mixed");
  } finally {
    await sides.floor.drop();
    await sides.product.drop();
  }
}

async function measure({ mailUrl, file, kind = "import" }: Bench, sides: Sides, seen: Seen): Promise<Pair> {
  await rest(sides.floor);
  const floor = await runFloor(sides.floor, file.path, { seen, kind });
  await rest(sides.product);
  // The worker lives for this turn only: sending mail goes on beside the product, not beside the floor.
  const worker = await startWorker(sides.product, mailUrl);
  try {
    const asked = await runProduct(sides.product, file.path, kind);
    const load = loadavg()[0] ?? 0;
    await untilTidied(sides.product, asked.runId);
    const product = await runApproved(sides.product, asked);
    const wrong = differences(
      await finalRows(sides.floor, floor.runId),
      await finalRows(sides.product, product.runId),
    );
    if (wrong.length > 0) throw new Error(`the two sides differ in ${wrong.join("; ")}`);
    return { floor, product, load, memory: peakMemory(worker.pid) };
  } finally {
    await worker.stop();
  }
}

const drain = (database: BenchDatabase) =>
  withSuperuser(database, async (sql) => {
    await sql`update emails set state = 'sent', lease = null where state in ('queued', 'sending')`;
    await sql`update run_mail_counts set sent = sent + queued, queued = 0`;
    await sql`vacuum analyze emails`;
  });
