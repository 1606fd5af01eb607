import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { pageOf } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";
import { anyOf } from "./operations-of-runs.ts";
import { openTo } from "./report/open-to.ts";
import { type Row, selectRuns, toRunView } from "./report/read-run.ts";
import type { RunKindName } from "./run-kind.ts";
import type { RunView } from "./run-view.ts";

const pageSize = 25;

type View = { kind: RunKindName | RunKindName[]; after?: string; before?: string };

/** The history of one kind or of several, newest first, 25 a page; an undo stands where what it takes back does. */
export async function listRuns(
  actor: Actor,
  view: View,
): Promise<{ runs: RunView[]; previous: string | null; next: string | null }> {
  authorize(actor, anyOf("view"));
  const backwards = view.before !== undefined;
  const cursor = backwards
    ? sql`r.id > ${view.before}::uuid`
    : view.after
      ? sql`r.id < ${view.after}::uuid`
      : sql`true`;
  const kinds = sql`${sql.param([view.kind].flat())}::text[]`;
  const [rows] = await readAccount<[Row]>(
    actor,
    selectRuns(sql`where r.account_id = ${actor.accountId} and r.kind = any (${kinds}) and coalesce((select o.kind from runs o where o.account_id = r.account_id and o.id = r.undoes), r.kind) = any (${kinds}) and ${openTo(actor, "view")} and ${cursor}
        order by r.id ${backwards ? sql`asc` : sql`desc`} limit ${pageSize + 1}`),
  );
  const page = pageOf(rows.map(toRunView), pageSize, view, (run) => run.id);
  return { runs: page.rows, previous: page.previous, next: page.next };
}
