import { runName } from "#app/_components/run-name.ts";
import { csvDownload } from "#app/_web/csv-download.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { streamReport } from "#lib/runs/stream-report.ts";

type Context = { params: Promise<{ account: string; id: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { account, id } = await params;
  const actor = await actorOfRequest(account, anyOf("view"));
  const run = actor && (await findRun(actor, id));
  if (!actor || !run) return new Response(null, { status: 404 });
  return csvDownload(`report-${runName(run)}`, streamReport(actor, id, run.kind));
}
