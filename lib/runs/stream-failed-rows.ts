import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { findRun } from "./find-run.ts";
import { csvRecord } from "./report/csv.ts";

const pageSize = 1_000;

/** The failed lines with their own columns, and why, in a last column that an upload passes over. */
export async function* streamFailedRows(actor: Actor, runId: string): AsyncGenerator<string> {
  authorize(actor, "imports.view");
  const run = await findRun(actor, runId);
  const headers = run?.assumed?.headers ?? ["Email ID"];
  yield `\u{feff}${csvRecord([...headers, "Rollcall Reason"])}`;
  let after = -1;
  for (;;) {
    const rows = await readPage(actor, runId, after);
    // Behind an apostrophe the clear word would come back as data.
    for (const row of rows) yield csvRecord([...cellsOf(row, headers.length), row.reason], row.clear_word);
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

function cellsOf(row: Row, width: number): string[] {
  const cells = row.raw ? (JSON.parse(row.raw) as string[]) : [row.email ?? ""];
  return Array.from({ length: width }, (_, at) => cells[at] ?? "");
}

const readPage = (actor: Actor, runId: string, after: number): Promise<Row[]> =>
  withAccount(actor, async (tx) => [
    ...(await tx.execute<Row>(sql`
      select position, email, reason, raw, (select clear_word from accounts) as clear_word from run_entries
      where account_id = ${actor.accountId} and run_id = ${runId} and outcome = 'failed' and position > ${after}
      order by position limit ${pageSize}`)),
  ]);
