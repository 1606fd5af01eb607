import type { NextRequest } from "next/server";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { startSso } from "#app/_web/sso.ts";

type Context = { params: Promise<{ connection: string }> };

export async function GET(_request: NextRequest, { params }: Context): Promise<Response> {
  const tooMany = await limitVisitor("sso");
  if (tooMany)
    return new Response(tooMany.sentence, {
      status: 429,
      headers: { "retry-after": String(tooMany.seconds) },
    });
  return startSso((await params).connection);
}
