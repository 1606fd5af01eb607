import { csvDownload } from "#app/_web/csv-download.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { streamEvents } from "#lib/audit/stream-events.ts";
import { eventFilterOf } from "../event-filter.ts";

type Context = { params: Promise<{ account: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await actorOfRequest((await params).account, "audit.export");
  if (!actor) return new Response(null, { status: 404 });
  const filter = eventFilterOf(Object.fromEntries(new URL(request.url).searchParams));
  return csvDownload(`audit-${actor.accountSlug}`, streamEvents(actor, filter));
}
