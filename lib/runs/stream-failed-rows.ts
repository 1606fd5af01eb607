import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { csvRecord } from "#lib/csv/csv-record.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { findRun } from "./find-run.ts";
import { anyOf } from "./operations-of-runs.ts";

const pageSize = 1_000;

const reasonHeader = "Rollcall Reason";

/**
 * The failed lines as they were, and why, in a first column that an upload passes over: behind it a line that was too
 * short or too long stays so, and cannot come back with its values shifted.
 */
export async function* streamFailedRows(actor: Actor, runId: string): AsyncGenerator<string> {
  authorize(actor, anyOf("view"));
  const run = await findRun(actor, runId);
  if (!run) return;
  const headers = run.assumed?.headers ?? ["Email ID"];
  const earlier = headers.indexOf(reasonHeader);
  const own = (cells: string[]) => cells.filter((_, at) => at !== earlier);
  yield `\u{feff}${csvRecord([reasonHeader, ...own(headers)])}`;
  let after = -1;
  for (;;) {
    const rows = await readPage(actor, runId, after);
    // Behind an apostrophe the clear word would come back as data.
    for (const row of rows) yield csvRecord([row.reason, ...own(cellsOf(row))], row.clear_word);
    if (rows.length < pageSize) return;
    after = rows.at(-1)?.position ?? after;
  }
}

type Row = {
  position: number;
  email: string | null;
  reason: string | null;
  raw: string | null;
  clear_word: string;
};

const cellsOf = (row: Row): string[] => (row.raw ? (JSON.parse(row.raw) as string[]) : [row.email ?? ""]);

const readPage = (actor: Actor, runId: string, after: number): Promise<Row[]> =>
  withAccount(actor, async (tx) => [
    ...(await tx.execute<Row>(sql`
      select position, email, reason, raw, (select coalesce(r.options->>'clearWord', a.clear_word)
        from runs r join accounts a on a.id = r.account_id where r.id = ${runId}) as clear_word
      from run_entries where account_id = ${actor.accountId} and run_id = ${runId} and outcome = 'failed' and position > ${after}
      order by position limit ${pageSize}`)),
  ]);
