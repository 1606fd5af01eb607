import { csvDownload } from "#app/_web/csv-download.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { streamQuality } from "#lib/directory/stream-quality.ts";
import { kindOf } from "../quality-words.ts";

type Context = { params: Promise<{ account: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await actorOfRequest((await params).account, "directory.view");
  const kind = kindOf(new URL(request.url).searchParams.get("show") ?? undefined);
  if (!actor || !kind) return new Response(null, { status: 404 });
  return csvDownload(`directory-${kind.replaceAll("_", "-")}`, streamQuality(actor, kind));
}
