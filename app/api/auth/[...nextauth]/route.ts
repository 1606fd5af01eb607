import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#app/_web/auth.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";
import { finishSso } from "#app/_web/sso.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** The redirect URI of a connection is /api/auth/callback/{its id}; all else is next-auth's own. */
async function handler(request: NextRequest, context: Context): Promise<Response> {
  const [step = "", id] = (await context.params).nextauth;
  const tooMany = waysIn.includes(step) ? await limitVisitor("sso") : null;
  if (tooMany) {
    const headers = { "retry-after": String(tooMany.seconds), "content-type": "text/plain; charset=utf-8" };
    return new Response(tooMany.sentence, { status: 429, headers });
  }
  if (request.method === "GET" && step === "callback" && id) return finishSso(id, request);
  return NextAuth(authOptions())(request, context);
}

const waysIn = ["signin", "callback"];

export { handler as GET, handler as POST };
