import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { isAllowed } from "#lib/authorization/authorize.ts";
import { operationsOfRuns } from "../operations-of-runs.ts";

/** Whether the run `r` is of a kind that the actor may do this with. */
export function openTo(actor: Actor, what: keyof typeof operationsOfRuns): SQL {
  const kinds = Object.entries(operationsOfRuns[what])
    .filter(([, operation]) => isAllowed(actor, operation))
    .map(([kind]) => kind);
  return sql`coalesce((select ${kindOf("o")} from runs o where o.account_id = r.account_id and o.id = r.undoes), ${kindOf("r")})
    = any (${sql.param(kinds)}::text[])`;
}

/** As bulkKindOf. */
const kindOf = (run: "o" | "r"): SQL =>
  sql.raw(`case when ${run}.kind <> 'bulk_change' then ${run}.kind when ${run}.options->>'action' in ('resend', 'revoke') then 'invitation_change'
    when ${run}.options->>'action' = 'invite' then 'people_invite' else ${run}.kind end`);
