import { baseUrl } from "#app/_web/base-url.ts";
import { readShortBody } from "#app/_web/read-short-body.ts";
import { settings } from "#app/_web/settings.ts";
import { stopReminders } from "#lib/mail/stop-reminders.ts";

type Props = { params: Promise<{ token: string }> };

/**
 * A POST to /unsubscribe/{token}, by the button there or by a mail program, which sends no cookie and must not be led
 * elsewhere (RFC 8058).
 */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { token } = await params;
  const body = await readShortBody(request, 4096);
  const isOurs = await stopReminders(settings().ROLLCALL_TOKEN_KEY, token);
  const headers = { "cache-control": "no-store" };
  if (body && /(^|&)button=/.test(body)) {
    const location = `${baseUrl()}/unsubscribe/${token}${isOurs ? "?stopped=1" : ""}`;
    return new Response(null, { status: 303, headers: { ...headers, location } });
  }
  return new Response(isOurs ? "No more reminders are sent." : "This link is not complete.", {
    status: isOurs ? 200 : 404,
    headers: { ...headers, "content-type": "text/plain; charset=utf-8" },
  });
}
