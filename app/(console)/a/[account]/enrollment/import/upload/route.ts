import { actorOfRequest, signedIn } from "#app/_web/current-actor.ts";
import { setFlash } from "#app/_web/flash.ts";
import { logFailure } from "#app/_web/log-failure.ts";
import { BrokenForm, receiveFileForm } from "#app/_web/receive-file-form.ts";
import { requireSameOrigin } from "#app/_web/require-same-origin.ts";
import { takeUploadPlace } from "#app/_web/upload-places.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { acceptUpload } from "#lib/imports/accept-upload.ts";
import { requestImport } from "#lib/imports/request-import.ts";

type Context = { params: Promise<{ account: string }> };

const chooseFile = "Choose a file first.";
const tooMany = "Too many files are being uploaded at the same time. Wait a minute and upload it again.";
const cutOff = "The file did not arrive whole. Nothing was changed. Upload it again.";

/** Takes a file while it comes in. No action: their bodies are held in memory, and the proxy cuts bodies at 10 MB. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const foreign = requireSameOrigin(request);
  if (foreign) return foreign;
  const { account } = await params;
  const actor = await actorOfRequest(account, "imports.create");
  if (!actor) return (await signedIn()) ? new Response(null, { status: 404 }) : seeOther("/sign-in");
  const page = `/a/${actor.accountSlug}/enrollment/import`;
  const leave = takeUploadPlace(actor.accountId);
  try {
    const imported = await (leave ? receiveImport(request, actor) : turnAway(request));
    return imported.ok ? seeOther(`${page}?run=${imported.runId}`) : await refused(page, imported.sentence);
  } catch (error) {
    if (error instanceof BrokenForm) return refused(page, cutOff);
    return unavailable(page, logFailure("an upload could not be stored", error));
  } finally {
    leave?.();
  }
}

type Imported = { ok: true; runId: string } | { ok: false; sentence: string };

async function receiveImport(request: Request, actor: UserActor): Promise<Imported> {
  const { taken, fields } = await receiveFileForm(request, "file", async ({ name, bytes }) => ({
    name,
    upload: await acceptUpload(actor, { fileName: name, bytes }),
  }));
  if (!taken) return { ok: false, sentence: chooseFile };
  const { name, upload } = taken;
  if (!upload.ok) return { ok: false, sentence: `${name} was not taken. ${upload.sentence}` };
  const mode = fields.mode === "apply" ? "apply" : "check";
  const requested = await requestImport(actor, { uploadId: upload.uploadId, mode });
  return requested.ok ? requested : { ok: false, sentence: cutOff };
}

/** A browser shows the answer only after it has sent the file. */
async function turnAway(request: Request): Promise<Imported> {
  await receiveFileForm(request, "file", async () => null);
  return { ok: false, sentence: tooMany };
}

async function refused(page: string, message: string): Promise<Response> {
  await setFlash({ tone: "error", message, path: page });
  return seeOther(page);
}

/** A path alone: the browser keeps the host that it asked, which is never taken from a header. */
function seeOther(path: string): Response {
  return new Response(null, { status: 303, headers: { location: path, "cache-control": "no-store" } });
}

function unavailable(page: string, reference: string): Response {
  const html = `<!doctype html><html lang="en"><title>Not stored – Rollcall</title><h1>The file could not be stored</h1>
<p>The database did not answer. Nothing was changed and nobody was mailed. Try again in a minute.</p>
<p>Reference: <code>${reference}</code></p><p><a href="${page}">Back to Import</a></p></html>`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "retry-after": "60",
    "cache-control": "no-store",
  };
  return new Response(html, { status: 503, headers });
}
