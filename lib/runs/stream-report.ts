import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { csvRecord } from "#lib/csv/csv-record.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { mailWord } from "#lib/mail/mail-standing.ts";
import { anyOf } from "./operations-of-runs.ts";
import { mailShown, type Outcome, outcomeShown, reasonShown } from "./report/entry-columns.ts";
import { openTo } from "./report/open-to.ts";
import { askedWord, outcomeWordsOf } from "./report-words.ts";
import type { RunKindName } from "./run-kind.ts";

const pageSize = 5_000;

type Row = {
  position: number;
  line: number;
  email: string | null;
  asked: string | null;
  outcome: Outcome;
  reason: string | null;
  mail: string | null;
};

const header = ["Line", "Email ID", "Asked for", "Outcome", "Reason", "Mail"];
const headerOfSync = ["Email ID", "In the directory", ...header.slice(3)];

/**
 * The whole report as CSV text, a page of entries at a time: no statement stays open between pages. A
 * directory has no lines, and words of its own.
 */
export async function* streamReport(
  actor: Actor,
  runId: string,
  of: RunKindName = "import",
): AsyncGenerator<string> {
  authorize(actor, anyOf("view"));
  const isSync = of === "directory_sync";
  const words = outcomeWordsOf({ kind: of });
  yield `\u{feff}${csvRecord(isSync ? headerOfSync : header)}`;
  let after = -1;
  for (;;) {
    const rows = await readPage(actor, runId, after);
    if (rows.length === 0) return;
    after = rows.at(-1)?.position ?? after;
    yield rows.map((row) => csvRecord(cellsOf(row, words).slice(isSync ? 1 : 0))).join("");
    if (rows.length < pageSize) return;
  }
}

/** In the words of the page. */
const cellsOf = ({ line, email, asked, outcome, reason, mail }: Row, words: Record<Outcome, string>) => [
  line,
  email,
  asked && askedWord(asked),
  words[outcome],
  reason,
  mail && mailWord(mail),
];

const readPage = (actor: Actor, runId: string, after: number): Promise<Row[]> =>
  withAccount(actor, async (tx) => [
    ...(await tx.execute<Row>(sql`
      select e.position, e.line, e.email, e.asked, ${outcomeShown} as outcome, ${reasonShown} as reason, ${mailShown} as mail
      from runs r join run_entries e on e.account_id = r.account_id and e.run_id = r.id
      where r.account_id = ${actor.accountId} and r.id = ${runId} and ${openTo(actor, "view")} and e.position > ${after}
      order by e.position limit ${pageSize}`)),
  ]);
