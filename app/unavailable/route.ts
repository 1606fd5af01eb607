import { isLocalPath } from "#app/_web/is-local-path.ts";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? "");

/** What a page leads to when the database does not answer: plain, since whatever makes pages may be what is missing. */
export function GET(request: Request): Response {
  const asked = new URL(request.url).searchParams;
  const back = asked.get("back") ?? "/";
  const reference = asked.get("reference") ?? "";
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>Not available · Rollcall</title><main><h1>Rollcall cannot reach its database just now</h1>
<p>Nothing was lost, and what runs in the background goes on by itself. Try again in a minute.</p>
<p><a href="${escaped(isLocalPath(back) ? back : "/")}">Try again</a></p>
<p>Reference: <code>${escaped(reference.slice(0, 64))}</code></p></main></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "retry-after": "30",
    "cache-control": "no-store",
  };
  return new Response(html, { status: 503, headers });
}
