import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { countMarked } from "./quality/select-rows.ts";
import type { QualityKind } from "./quality-kinds.ts";

/** `circles`: names of lists that hold each other. `at`: when all of the directory was read last; null: never. */
export type Quality = { counts: Record<QualityKind, number>; circles: string[][]; at: Date | null };

type Read = { at: string | null; circles: string[][] | null; shared: number | null };

/** How good the directory is, as the last syncs read it: how many entries of each kind. */
export async function readQuality(actor: Actor): Promise<Quality> {
  authorize(actor, "directory.view");
  const { accountId } = actor;
  const [[marked], [read]] = await readAccount<[Omit<Record<QualityKind, number>, "shared_mail">, Read]>(
    { accountId },
    countMarked(accountId),
    sql`
      select d.last_full_at as at, f.options->'circles' as circles, (f.options->>'sharedAddresses')::int as shared
      from directories d left join lateral (
        select r.options from runs r where r.account_id = d.account_id and r.target = d.id and r.state = 'completed' and r.span = 'full'
        order by r.id desc limit 1) f on true
      where d.account_id = ${accountId}`,
  );
  if (!marked) throw new Error("the counts were not answered");
  return {
    counts: { ...marked, shared_mail: read?.shared ?? 0 },
    circles: read?.circles ?? [],
    at: read?.at ? new Date(read.at) : null,
  };
}
