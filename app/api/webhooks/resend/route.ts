import { readShortBody } from "#app/_web/read-short-body.ts";
import { settings } from "#app/_web/settings.ts";
import { takeProviderEvent } from "#lib/mail/take-provider-event.ts";

const longestBytes = 256 * 1024;

const answer = (status: number) => new Response(null, { status, headers: { "cache-control": "no-store" } });

/** Resend's webhook. It carries no Origin: its signature says who it is. Anything but a 2xx is told again later. */
export async function POST(request: Request): Promise<Response> {
  const secret = settings().RESEND_WEBHOOK_SECRET;
  if (!secret) return answer(404);
  const body = await readShortBody(request, longestBytes);
  if (body === null) return answer(413);
  const { headers } = request;
  const taken = await takeProviderEvent(secret, {
    id: headers.get("svix-id"),
    timestamp: headers.get("svix-timestamp"),
    signature: headers.get("svix-signature"),
    body,
  });
  return answer(taken === "forged" ? 400 : 200);
}
