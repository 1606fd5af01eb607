import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import type { RunKindName } from "./run-kind.ts";

export type WaitingRemovals = { runId: string; kind: RunKindName; fileName: string | null; people: number };

const most = 5;

/** The runs whose removals wait for somebody's approval, the latest first. */
export async function listWaitingRemovals(actor: Actor): Promise<WaitingRemovals[]> {
  authorize(actor, anyOf("decide"));
  const [rows] = await readAccount<
    [{ id: string; kind: RunKindName; file_name: string | null; waiting: number }]
  >(
    actor,
    sql`
      select r.id, r.kind, u.file_name, r.waiting from runs r
      left join uploads u on u.account_id = r.account_id and u.id = r.upload_id
      where r.account_id = ${actor.accountId} and r.removals = 'waiting' and r.state = 'completed'
        and ${openTo(actor, "decide")}
      order by r.id desc limit ${most}`,
  );
  return rows.map((row) => ({ runId: row.id, kind: row.kind, fileName: row.file_name, people: row.waiting }));
}
