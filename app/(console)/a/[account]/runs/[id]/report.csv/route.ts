import { findRun, streamReport } from "#app/_stand_in/lib.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { csvDownload } from "#app/_web/csv-download.ts";

type Context = { params: Promise<{ account: string; id: string }> };

export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { account, id } = await params;
  const actor = await actorOfRequest(account);
  const run = actor && (await findRun(actor, id));
  if (!actor || !run) return new Response(null, { status: 404 });
  return csvDownload(`report-${run.fileName}`, streamReport(actor, id));
}
