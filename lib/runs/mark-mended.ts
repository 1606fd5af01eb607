import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import type { Transaction } from "#lib/db/with-account.ts";
import { mendHolds } from "./report/mended.ts";

/** Failed lines of a run, by position, that are tried again. */
export type MendedRows = { runId: string; positions: number[] };

/** Somebody else has mended these lines; whatever was written with them must be taken back. */
export class MendedAlready extends Error {
  readonly positions: number[];
  constructor(positions: number[]) {
    super("lines were mended already");
    this.positions = positions;
  }
}

/** Says of each line in which run it is mended, in the caller's transaction. Throws MendedAlready, of all or nothing. */
export async function markMended(
  tx: Transaction,
  actor: UserActor,
  { runId, positions }: MendedRows,
  mendedIn: string,
): Promise<void> {
  authorize(actor, "imports.create");
  // One at a time: the statement behind the lock sees what the one before has written.
  await tx.execute(sql`select 1 from runs where id = ${runId} for update`);
  const marked = await tx.execute<{ position: number }>(sql`
    insert into run_mends (account_id, run_id, position, mended_in, mended_by_name)
    select e.account_id, e.run_id, e.position, ${mendedIn}::uuid, ${actor.userName} from run_entries e
    where e.account_id = ${actor.accountId} and e.run_id = ${runId} and e.outcome = 'failed'
      and exists (select from runs r where r.account_id = e.account_id and r.id = e.run_id and r.kind = 'import')
      and e.position = any (${sql.param(positions)}::int[])
    on conflict (account_id, run_id, position) do update
      set mended_in = excluded.mended_in, mended_by_name = excluded.mended_by_name, created_at = now()
      where not exists (select from runs later
        where later.account_id = run_mends.account_id and later.id = run_mends.mended_in and ${mendHolds})
    returning position`);
  const taken = new Set([...marked].map(({ position }) => position));
  const left = positions.filter((position) => !taken.has(position));
  if (left.length > 0) throw new MendedAlready(left);
}
