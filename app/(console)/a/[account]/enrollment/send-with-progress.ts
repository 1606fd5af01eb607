/** What became of a form that was sent with its progress shown. */
export type Sent = { ok: true; to: string } | { ok: false; sentence: string };

export type Progress = { sent: number; of: number };

const broken =
  "The connection broke off before the file was there. Nothing was changed. The file and the options are still chosen: try again.";

/** XMLHttpRequest, for fetch tells nothing of how far a body is. Never rejects; null when it was stopped. */
export function sendWithProgress(
  form: FormData,
  to: string,
  { onProgress, signal }: { onProgress: (progress: Progress) => void; signal: AbortSignal },
): Promise<Sent | null> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, of: total });
    request.onload = () => resolve(answerOf(request));
    request.onerror = () => resolve({ ok: false, sentence: broken });
    request.onabort = () => resolve(null);
    signal.addEventListener("abort", () => request.abort());
    request.open("POST", to);
    request.setRequestHeader("accept", "application/json");
    request.responseType = "json";
    request.send(form);
  });
}

function answerOf({ status, response }: XMLHttpRequest): Sent {
  const answer = response as { to?: unknown; sentence?: unknown } | null;
  if (typeof answer?.to === "string") return { ok: true, to: answer.to };
  if (typeof answer?.sentence === "string") return { ok: false, sentence: answer.sentence };
  return { ok: false, sentence: status < 500 ? "This was refused. Reload the page and try again." : broken };
}
