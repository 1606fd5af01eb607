import { baseUrl } from "#app/_web/base-url.ts";
import { actorOfRequest } from "#app/_web/current-actor.ts";
import { previewMail } from "#lib/mail/preview-mail.ts";
import { previewWish } from "../preview-wish.ts";

type Context = { params: Promise<{ account: string }> };

/** The HTML part alone, for the frame of the page above; proxy.ts gives it a policy of its own. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await actorOfRequest((await params).account, "mail_settings.view");
  if (!actor) return new Response(null, { status: 404 });
  const query = new URL(request.url).searchParams;
  const { kind, language } = previewWish(query.get("kind") ?? undefined, query.get("language") ?? undefined);
  const { html } = await previewMail(actor, kind, language, baseUrl());
  return new Response(html, {
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "private, no-store" },
  });
}
