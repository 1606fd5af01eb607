import NextAuth from "next-auth";
import { authOptions } from "#app/_web/auth.ts";
import { limitVisitor } from "#app/_web/limit-visitor.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handler(request: Request, context: Context): Promise<Response> {
  const [step = ""] = (await context.params).nextauth;
  const tooMany = waysIn.includes(step) ? await limitVisitor("sso") : null;
  if (!tooMany) return NextAuth(authOptions())(request, context);
  const headers = { "retry-after": String(tooMany.seconds), "content-type": "text/plain; charset=utf-8" };
  return new Response(tooMany.sentence, { status: 429, headers });
}

const waysIn = ["signin", "callback"];

export { handler as GET, handler as POST };
