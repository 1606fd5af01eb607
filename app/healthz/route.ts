export const dynamic = "force-dynamic";

/** The process answers; what it depends on has its own watch. */
export function GET(): Response {
  return new Response("ok\n", { headers: { "content-type": "text/plain", "cache-control": "no-store" } });
}
