import type { NextRequest } from "next/server";
import { requireSameOrigin } from "#app/_web/require-same-origin.ts";
import { settings } from "#app/_web/settings.ts";
import { recordOpening } from "#lib/invitations/record-opening.ts";

type Context = { params: Promise<{ token: string }> };

/** Sent by the page itself; answers alike whatever the link is worth. */
export async function POST(request: NextRequest, { params }: Context): Promise<Response> {
  const refusal = requireSameOrigin(request);
  if (refusal) return refusal;
  await recordOpening(settings().ROLLCALL_TOKEN_KEY, (await params).token);
  return new Response(null, { status: 204 });
}
