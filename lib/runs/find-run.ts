import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunView } from "./run-view.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function findRun(actor: Actor, runId: string): Promise<RunView | null> {
  authorize(actor, anyOf("view"));
  if (!uuid.test(runId)) return null;
  const [row] = await withAccount(actor, (tx) =>
    tx.execute<Row>(selectRuns(sql`where r.id = ${runId} and ${openTo(actor, "view")}`)),
  );
  return row ? toRunView(row) : null;
}
