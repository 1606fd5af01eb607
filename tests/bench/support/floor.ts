import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { BenchDatabase } from "./bench-database.ts";
import { copyList, mergeKnownList, mergeNewList, validateList } from "./floor-list-sql.ts";
import { mergeMixed } from "./floor-mix-sql.ts";
import * as floorSql from "./floor-sql.ts";

export type Timed = { ms: number; runId: string; steps: Record<string, number> };

/** What of a file the account knows: nobody, all of it, or those whom it changes and removes. */
export type Seen = "new" | "known" | "mixed";

/** A file of people, or a list of addresses. */
export type FileKind = "import" | "bulk_invite";

type Work = {
  copyIn: string;
  validate: (run: floorSql.FloorRun) => string[];
  merges: Partial<Record<Seen, (run: floorSql.FloorRun) => string[]>>;
};

const works: Record<FileKind, Work> = {
  import: {
    copyIn: floorSql.copyIn,
    validate: floorSql.validate,
    merges: { new: floorSql.mergeNew, known: () => floorSql.mergeKnown, mixed: mergeMixed },
  },
  bulk_invite: {
    copyIn: copyList,
    validate: validateList,
    merges: { new: mergeNewList, known: () => mergeKnownList },
  },
};

/**
 * What Postgres itself takes for the same rows: as superuser, so without row-level security, COPY, the rules in SQL and set-based
 * statements that reach the same rows in every table.
 */
export async function runFloor(
  database: BenchDatabase,
  file: string,
  { seen, kind }: { seen: Seen; kind: FileKind },
): Promise<Timed> {
  const { copyIn, validate, merges } = works[kind];
  const client = new Client({ connectionString: database.superUrl });
  await client.connect();
  try {
    const run = await requestedRun(client, database, kind);
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
    await step("copy", () => pipeline(createReadStream(file), client.query(copyFrom(copyIn))));
    for (const rule of validate(run)) await step("validate", () => client.query(rule));
    for (const statement of merges[seen]?.(run) ?? []) await step("merge", () => client.query(statement));
    await step("end", () => client.query(floorSql.endRun(run)));
    await step("commit", () => client.query("commit"));
    return { ms: performance.now() - started, runId: run.runId, steps };
  } finally {
    await client.end();
  }
}

async function requestedRun(
  client: Client,
  { actor }: BenchDatabase,
  kind: FileKind,
): Promise<floorSql.FloorRun> {
  const { rows } = await client.query<{ id: string }>(
    `insert into runs (account_id, kind, mode, state, requested_by, requested_by_name)
     values ($1, $4, 'apply', 'reading', $2, $3) returning id`,
    [actor.accountId, actor.userId, actor.userName, kind],
  );
  return { accountId: actor.accountId, runId: rows[0]?.id as string, actorId: actor.userId };
}
