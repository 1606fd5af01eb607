import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { countMarked, countShared } from "./quality/select-rows.ts";
import type { QualityKind } from "./quality-kinds.ts";

/** `circles`: names of lists that hold each other. `at`: when all of the directory was read last; null: never. */
export type Quality = { counts: Record<QualityKind, number>; circles: string[][]; at: Date | null };

/** How good the directory is, as the last syncs read it: how many entries of each kind. */
export async function readQuality(actor: Actor): Promise<Quality> {
  authorize(actor, "directory.view");
  const { accountId } = actor;
  const [[marked], [shared], [read]] = await readAccount<
    [
      Omit<Record<QualityKind, number>, "shared_mail">,
      { n: number },
      { at: string | null; circles: string[][] | null },
    ]
  >(
    { accountId },
    countMarked(accountId),
    countShared(accountId),
    sql`
      select d.last_full_at as at, (
        select r.options->'circles' from runs r where r.account_id = d.account_id and r.target = d.id and r.state = 'completed'
          and r.options ? 'listsRead' and (r.options ? 'circles' or r.span = 'full') order by r.id desc limit 1) as circles
      from directories d where d.account_id = ${accountId}`,
  );
  if (!marked || !shared) throw new Error("the counts were not answered");
  return {
    counts: { ...marked, shared_mail: shared.n },
    circles: read?.circles ?? [],
    at: read?.at ? new Date(read.at) : null,
  };
}
