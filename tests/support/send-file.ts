import { type IncomingMessage, request } from "node:http";
import type { TestAccount } from "./make-account.ts";

export type SentUpload = { status: number; location: string | null; body: string; flash: string | null };

type Target = {
  url: string;
  account: TestAccount;
  cookie: string;
  origin?: string | null;
  mode?: string;
  fileName?: string;
  /** Further fields of the form, before and behind the file. */
  before?: Record<string, string>;
  after?: Record<string, string>;
};

const boundary = "----rollcall-test-boundary";

/** Sends a file as a browser sends the import form, piece by piece. Rejects when the connection breaks. */
export function sendFile(
  target: Target,
  bytes: AsyncIterable<Buffer> | Iterable<Buffer>,
  signal?: AbortSignal,
) {
  return new Promise<SentUpload>((resolve, reject) => {
    const { url, account, cookie, origin = url, mode = "apply", fileName = "people.csv" } = target;
    const { before = {}, after = {} } = target;
    const headers: Record<string, string> = {
      cookie,
      "content-type": `multipart/form-data; boundary=${boundary}`,
      ...(origin === null ? {} : { origin }),
    };
    const path = `${url}/a/${account.slug}/enrollment/import/upload`;
    const sent = request(path, { method: "POST", headers, signal }, (answer) => {
      read(answer).then(resolve, reject);
    });
    sent.on("error", reject);
    const write = async () => {
      sent.write(
        `${partsOf(before)}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: text/csv\r\n\r\n`,
      );
      for await (const chunk of bytes) {
        if (sent.destroyed) return;
        if (!sent.write(chunk)) await new Promise<void>((next) => sent.once("drain", () => next()));
      }
      sent.end(`\r\n${partsOf({ mode, ...after })}--${boundary}--\r\n`);
    };
    write().catch(reject);
  });
}

const partsOf = (fields: Record<string, string>): string =>
  Object.entries(fields)
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join("");

async function read(answer: IncomingMessage): Promise<SentUpload> {
  let body = "";
  for await (const chunk of answer) body += chunk;
  const cookie = answer.headers["set-cookie"]?.find((line) => line.startsWith("rollcall_flash="));
  const payload = cookie?.slice("rollcall_flash=".length).split(".")[0];
  const flash = payload ? Buffer.from(payload, "base64url").toString() : null;
  return { status: answer.statusCode ?? 0, location: answer.headers.location ?? null, body, flash };
}
