import { csvDownload } from "#app/_web/csv-download.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { oneOf } from "#app/_web/query.ts";
import { findBillingPeriod } from "#lib/seats/find-billing-period.ts";
import { streamUsage } from "#lib/seats/stream-usage.ts";

type Context = { params: Promise<{ account: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await actorOfRequest((await params).account, "seats.view");
  const wanted = oneOf(new URL(request.url).searchParams.get("period") ?? undefined);
  const period = actor && (await findBillingPeriod(actor, wanted));
  if (!actor || !period) return new Response(null, { status: 404 });
  return csvDownload(`seats-${period.from}`, streamUsage(actor, period));
}
