import type { UserActor } from "#lib/authorization/actor.ts";
import type { UploadKind } from "#lib/uploads/upload-kinds.ts";
import { uploadOperations } from "#lib/uploads/upload-kinds.ts";
import { actorOfRequest, signedIn } from "./current-actor.ts";
import { type Flash, setFlash } from "./flash.ts";
import { logFailure } from "./log-failure.ts";
import { BrokenForm, receiveFileForm, type SentFile } from "./receive-file-form.ts";
import { requireSameOrigin } from "./require-same-origin.ts";
import { takeUploadPlace } from "./upload-places.ts";

type Context = { params: Promise<{ account: string }> };

/** Where the browser goes on, and what the form says when it leads back there. */
export type Went = { to: string; sentence?: string; link?: Flash["link"] };

type Fields = Record<string, string>;

type UploadForm<Taken> = {
  kind: UploadKind;
  /** The form's page below the account's, and its title. */
  page: string;
  title: string;
  take(actor: UserActor, file: SentFile): Promise<Taken>;
  /** What becomes of the form; `taken` is null where it holds no file. */
  answer(actor: UserActor, page: string, form: { taken: Taken; fields: Fields }): Promise<Went>;
  /** The way back to the form with what was chosen on it. */
  back(page: string, fields: Fields): string;
};

const chooseFile = "Choose a file first.";
const tooMany = "Too many files are being uploaded at the same time. Wait a minute and upload it again.";
export const cutOff = "The file did not arrive whole. Nothing was changed. Upload it again.";

/**
 * A handler that takes a file while it comes in. No action: their bodies are held in memory, and the proxy, whose matcher
 * leaves these paths out, cuts bodies at 10 MB.
 */
export function uploadRoute<Taken>(form: UploadForm<Taken>) {
  return async (request: Request, { params }: Context): Promise<Response> => {
    const foreign = requireSameOrigin(request);
    if (foreign) return foreign;
    const actor = await actorOfRequest((await params).account, uploadOperations[form.kind]);
    if (!actor) return (await signedIn()) ? new Response(null, { status: 404 }) : goOn(request, "/sign-in");
    const page = `/a/${actor.accountSlug}/${form.page}`;
    const leave = takeUploadPlace(actor.accountId);
    try {
      const went = await (leave ? receive(request, actor, page, form) : turnAway(request, page, form));
      const { sentence, link } = went;
      if (sentence) await setFlash({ tone: "error", message: sentence, link, path: page });
      return goOn(request, went.to);
    } catch (error) {
      if (!(error instanceof BrokenForm)) {
        const reference = logFailure("an upload could not be stored", error);
        return unavailable(request, { page, title: form.title, reference });
      }
      await setFlash({ tone: "error", message: cutOff, path: page });
      return goOn(request, page);
    } finally {
      leave?.();
    }
  };
}

async function receive<Taken>(
  request: Request,
  actor: UserActor,
  page: string,
  form: UploadForm<Taken>,
): Promise<Went> {
  const { taken, fields } = await receiveFileForm(request, "file", (file) => form.take(actor, file));
  if (!taken) return { to: form.back(page, fields), sentence: chooseFile };
  return form.answer(actor, page, { taken, fields });
}

/** A browser shows the answer only after it has sent the file. */
async function turnAway<Taken>(request: Request, page: string, form: UploadForm<Taken>): Promise<Went> {
  const { fields } = await receiveFileForm(request, "file", async () => null);
  return { to: form.back(page, fields), sentence: tooMany };
}

const noStore = { "cache-control": "no-store" };

const wantsJson = (request: Request): boolean => request.headers.get("accept") === "application/json";

/** A path alone: the browser keeps the host that it asked, which is never taken from a header. */
function goOn(request: Request, to: string): Response {
  if (wantsJson(request)) return Response.json({ to }, { headers: noStore });
  return new Response(null, { status: 303, headers: { location: to, ...noStore } });
}

type Failed = { page: string; title: string; reference: string };

function unavailable(request: Request, { page, title, reference }: Failed): Response {
  const sentence =
    "The database did not answer. Nothing was changed and nobody was mailed. Try again in a minute.";
  const headers = { "retry-after": "60", ...noStore };
  if (wantsJson(request))
    return Response.json({ sentence: `${sentence} Reference: ${reference}` }, { status: 503, headers });
  const html = `<!doctype html><html lang="en"><title>Not stored – Rollcall</title><h1>The file could not be stored</h1>
<p>${sentence}</p>
<p>Reference: <code>${reference}</code></p><p><a href="${page}">Back to ${title}</a></p></html>`;
  return new Response(html, {
    status: 503,
    headers: { "content-type": "text/html; charset=utf-8", ...headers },
  });
}
