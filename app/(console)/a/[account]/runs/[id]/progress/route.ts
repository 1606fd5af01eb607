import { actorOfRequest } from "#app/_web/current-actor.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { anyOf } from "#lib/runs/operations-of-runs.ts";
import { importStatus } from "../../../enrollment/import/import-status.ts";

type Context = { params: Promise<{ account: string; id: string }> };

/** What the status of an import asks for every second. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { account, id } = await params;
  const actor = await actorOfRequest(account, anyOf("view"));
  const run = actor && (await findRun(actor, id));
  if (!run) return new Response(null, { status: 404 });
  return Response.json(importStatus(run, `/a/${account}`));
}
