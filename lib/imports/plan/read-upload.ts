import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { RunFailure, type StagedBatch, type WorkedRun } from "#lib/runs/run-kind.ts";
import { openUpload } from "#lib/uploads/open-upload.ts";
import type { RosterLayout } from "../file/inspect-head.ts";
import { type Checkpoint, type RosterBatch, readRoster } from "../file/read-roster.ts";
import { ownClearWord } from "./own-clear-word.ts";

/** The judged lines of the run's file, from the checkpoint on. */
export async function* readUpload(
  run: WorkedRun,
  checkpoint: unknown,
  signal: AbortSignal,
): AsyncGenerator<StagedBatch> {
  const upload = run.uploadId ? await openUpload<RosterLayout>(run.accountId, run.uploadId) : null;
  if (!upload) throw new RunFailure("The file is no longer here. Upload it again.");
  const rules = await readRules(run.accountId);
  const clearWord = ownClearWord(run) ?? rules.clearWord;
  const source = { open: upload.read, layout: upload.layout, domains: rules.domains, clearWord };
  for await (const batch of readRoster(source, (checkpoint as Checkpoint | null) ?? undefined)) {
    if (signal.aborted) return;
    if (!batch.ok) throw new RunFailure(batch.sentence);
    yield toStaged(batch);
  }
}

type Rules = { domains: string[]; clear_word: string };

async function readRules(accountId: string): Promise<{ domains: string[]; clearWord: string }> {
  const [rules] = await withAccount({ accountId }, (tx) =>
    tx.execute<Rules>(sql`
      select a.clear_word, array(select d.domain from account_domains d
        where d.account_id = a.id and d.verified_at is not null order by d.domain) as domains
      from accounts a where a.id = ${accountId}`),
  );
  return { domains: rules?.domains ?? [], clearWord: rules?.clear_word ?? "-" };
}

function toStaged({ columns, checkpoint }: RosterBatch): StagedBatch {
  const filled = <T>(cells: T[]) => (cells.some((cell) => cell !== null) ? cells : undefined);
  const fields = Object.entries({ ...columns.fields, groups: columns.groups });
  return {
    count: columns.lines.length,
    position: columns.positions,
    line: columns.lines,
    email: columns.emails,
    asked: filled(columns.asked),
    fields: Object.fromEntries(fields.filter(([, cells]) => filled(cells))),
    cleared: filled(columns.cleared),
    problem: filled(columns.problems),
    passedOver: filled(columns.passedOver),
    raw: filled(columns.cells),
    checkpoint,
  };
}
