import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { RunFailure, type StagedBatch, type WorkedRun } from "#lib/runs/run-kind.ts";
import { openUpload } from "#lib/uploads/open-upload.ts";
import type { ListLayout } from "../list/list-layout.ts";
import { type ListBatch, type ListCheckpoint, readList } from "../list/read-list.ts";

/** The judged addresses of the run's file, from the checkpoint on. */
export async function* readUpload(
  run: WorkedRun,
  checkpoint: unknown,
  signal: AbortSignal,
): AsyncGenerator<StagedBatch> {
  const upload = run.uploadId ? await openUpload<ListLayout>(run.accountId, run.uploadId) : null;
  if (!upload) throw new RunFailure("The file is no longer here. Upload it again.");
  const source = { open: upload.read, layout: upload.layout, domains: await domainsOf(run.accountId) };
  for await (const batch of readList(source, (checkpoint as ListCheckpoint | null) ?? undefined)) {
    if (signal.aborted) return;
    if (!batch.ok) throw new RunFailure(batch.sentence);
    yield toStaged(batch);
  }
}

async function domainsOf(accountId: string): Promise<string[]> {
  const domains = await withAccount({ accountId }, (tx) =>
    tx.execute<{ domain: string }>(
      sql`select domain from account_domains where verified_at is not null order by domain`,
    ),
  );
  return [...domains].map(({ domain }) => domain);
}

function toStaged({ positions, lines, emails, problems, raw, checkpoint }: ListBatch): StagedBatch {
  const filled = (cells: (string | null)[]) => (cells.some((cell) => cell !== null) ? cells : undefined);
  return {
    count: positions.length,
    position: positions,
    line: lines,
    email: emails,
    fields: {},
    problem: filled(problems),
    raw: filled(raw),
    checkpoint,
  };
}
