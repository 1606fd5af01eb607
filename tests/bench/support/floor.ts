import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { BenchDatabase } from "./bench-database.ts";
import { mergeMixed } from "./floor-mix-sql.ts";
import * as floorSql from "./floor-sql.ts";

export type Timed = { ms: number; runId: string; steps: Record<string, number> };

/** What of a file the account knows: nobody, all of it, or those whom it changes and removes. */
export type Seen = "new" | "known" | "mixed";

const merges: Record<Seen, (run: floorSql.FloorRun) => string[]> = {
  new: floorSql.mergeNew,
  known: () => floorSql.mergeKnown,
  mixed: mergeMixed,
};

/**
 * What Postgres itself takes for the same rows: as superuser, so without row-level security, COPY, the rules in SQL and set-based
 * statements that reach the same rows in every table.
 */
export async function runFloor(database: BenchDatabase, file: string, seen: Seen): Promise<Timed> {
  const client = new Client({ connectionString: database.superUrl });
  await client.connect();
  try {
    const run = await requestedRun(client, database);
    await client.query(floorSql.makeStaging(run));
    const started = performance.now();
    const steps: Record<string, number> = {};
    const step = async (name: string, work: () => Promise<unknown>) => {
      const from = performance.now();
      await work();
      steps[name] = (steps[name] ?? 0) + performance.now() - from;
    };
    await client.query("begin");
    await client.query("set local work_mem = '128MB'");
    await step("copy", () => pipeline(createReadStream(file), client.query(copyFrom(floorSql.copyIn))));
    for (const rule of floorSql.validate(run)) await step("validate", () => client.query(rule));
    for (const statement of merges[seen](run)) await step("merge", () => client.query(statement));
    await step("end", () => client.query(floorSql.endRun(run)));
    await step("commit", () => client.query("commit"));
    return { ms: performance.now() - started, runId: run.runId, steps };
  } finally {
    await client.end();
  }
}

async function requestedRun(client: Client, { actor }: BenchDatabase): Promise<floorSql.FloorRun> {
  const { rows } = await client.query<{ id: string }>(
    `insert into runs (account_id, kind, mode, state, requested_by, requested_by_name)
     values ($1, 'import', 'apply', 'reading', $2, $3) returning id`,
    [actor.accountId, actor.userId, actor.userName],
  );
  return { accountId: actor.accountId, runId: rows[0]?.id as string, actorId: actor.userId };
}
