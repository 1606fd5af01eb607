import { actorOfRequest, signedIn } from "#app/_web/current-actor.ts";
import { setFlash } from "#app/_web/flash.ts";
import { logFailure } from "#app/_web/log-failure.ts";
import { BrokenForm, receiveFileForm } from "#app/_web/receive-file-form.ts";
import { requireSameOrigin } from "#app/_web/require-same-origin.ts";
import { takeUploadPlace } from "#app/_web/upload-places.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { readOptions } from "#lib/imports/read-options.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { cancelUpload } from "#lib/uploads/cancel-upload.ts";
import { withOptions } from "../kept-options.ts";

type Context = { params: Promise<{ account: string }> };

const chooseFile = "Choose a file first.";
const tooMany = "Too many files are being uploaded at the same time. Wait a minute and upload it again.";
const unknownMode =
  "It was not said what to do with the file. Choose Check File, Import File or Map columns.";
const cutOff = "The file did not arrive whole. Nothing was changed. Upload it again.";

/** Takes a file while it comes in. No action: their bodies are held in memory, and the proxy cuts bodies at 10 MB. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const foreign = requireSameOrigin(request);
  if (foreign) return foreign;
  const { account } = await params;
  const actor = await actorOfRequest(account, "imports.create");
  if (!actor) return (await signedIn()) ? new Response(null, { status: 404 }) : goOn(request, "/sign-in");
  const page = `/a/${actor.accountSlug}/enrollment/import`;
  const leave = takeUploadPlace(actor.accountId);
  try {
    const went = await (leave ? receiveImport(request, actor, page) : turnAway(request, page));
    if (went.sentence) await setFlash({ tone: "error", message: went.sentence, path: page });
    return goOn(request, went.to);
  } catch (error) {
    if (!(error instanceof BrokenForm))
      return unavailable(request, page, logFailure("an upload could not be stored", error));
    await setFlash({ tone: "error", message: cutOff, path: page });
    return goOn(request, page);
  } finally {
    leave?.();
  }
}

/** Where the browser goes on, and what the form says when it leads back there. */
type Went = { to: string; sentence?: string };

async function receiveImport(request: Request, actor: UserActor, page: string): Promise<Went> {
  const { taken, fields } = await receiveFileForm(request, "file", async ({ name, bytes }) => ({
    name,
    upload: await acceptRoster(actor, { fileName: name, bytes }),
  }));
  const back = withOptions(page, fields);
  if (!taken) return { to: back, sentence: chooseFile };
  const { name, upload } = taken;
  const { uploadId } = upload;
  if (uploadId === undefined) return { to: back, sentence: `${name} was not taken. ${upload.sentence}` };
  const read = readOptions(fields);
  if (!read.ok || !isMode(fields.mode)) {
    await cancelUpload(actor, "roster", uploadId);
    return { to: back, sentence: read.ok ? unknownMode : read.sentence };
  }
  const map = withOptions(`${page}/map`, fields, { upload: uploadId });
  if (fields.mode === "map" || !upload.ok) return { to: map };
  const requested = await requestImport(actor, { uploadId, mode: fields.mode, options: read.options });
  return requested.ok ? { to: `${page}?run=${requested.runId}` } : { to: back, sentence: cutOff };
}

const isMode = (mode: string | undefined): mode is "check" | "apply" | "map" =>
  mode === "check" || mode === "apply" || mode === "map";

/** A browser shows the answer only after it has sent the file. */
async function turnAway(request: Request, page: string): Promise<Went> {
  const { fields } = await receiveFileForm(request, "file", async () => null);
  return { to: withOptions(page, fields), sentence: tooMany };
}

const noStore = { "cache-control": "no-store" };

const wantsJson = (request: Request): boolean => request.headers.get("accept") === "application/json";

/** A path alone: the browser keeps the host that it asked, which is never taken from a header. */
function goOn(request: Request, to: string): Response {
  if (wantsJson(request)) return Response.json({ to }, { headers: noStore });
  return new Response(null, { status: 303, headers: { location: to, ...noStore } });
}

function unavailable(request: Request, page: string, reference: string): Response {
  const sentence =
    "The database did not answer. Nothing was changed and nobody was mailed. Try again in a minute.";
  const headers = { "retry-after": "60", ...noStore };
  if (wantsJson(request))
    return Response.json({ sentence: `${sentence} Reference: ${reference}` }, { status: 503, headers });
  const html = `<!doctype html><html lang="en"><title>Not stored – Rollcall</title><h1>The file could not be stored</h1>
<p>${sentence}</p>
<p>Reference: <code>${reference}</code></p><p><a href="${page}">Back to Import</a></p></html>`;
  return new Response(html, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
  });
}
