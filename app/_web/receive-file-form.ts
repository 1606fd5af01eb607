import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import busboy from "busboy";

export type SentFile = { name: string; bytes: AsyncIterable<Buffer> };

/** `taken` is what became of the file; null when the form holds none. */
export type FileForm<Taken> = { taken: Taken | null; fields: Record<string, string> };

/** The body is no form or was cut off: the browser went away, or something else than a browser wrote it. */
export class BrokenForm extends Error {}

/** A browser shows an answer only after it has sent the whole body, so much of a refused one is read to its end. */
const mostBytes = 1024 ** 3;
const limits = { files: 1, fields: 10, fieldNameSize: 100, fieldSize: 1000, parts: 20 };

/**
 * Reads a multipart form, and gives the file of the field `name` to `take` while it comes in; what `take` leaves is
 * drained. Rejects with what `take` threw, or with BrokenForm.
 */
export async function receiveFileForm<Taken>(
  request: Request,
  name: string,
  take: (file: SentFile) => Promise<Taken>,
): Promise<FileForm<Taken>> {
  const fields: Record<string, string> = {};
  let taking: Promise<Taken | null> = Promise.resolve(null);
  const parser = openParser(request);
  parser.on("field", (field, value) => {
    fields[field] = value;
  });
  parser.on("file", (field, stream, { filename }) => {
    // Without a listener an error of the stream ends the process; who reads it gets it as well.
    stream.on("error", () => {});
    const bytes: AsyncIterable<Buffer> = stream.iterator({ destroyOnReturn: false });
    if (field === name && filename) taking = take({ name: filename, bytes });
    taking.catch(() => {}).finally(() => stream.resume());
  });
  await pipeline(bounded(request), parser, { signal: request.signal }).catch(async (error: unknown) => {
    // The reader of the file sees the same error and is given time to clear up.
    await taking.catch(() => {});
    throw new BrokenForm("the form did not arrive whole", { cause: error });
  });
  return { taken: await taking, fields };
}

function openParser(request: Request): busboy.Busboy {
  try {
    const headers = { "content-type": request.headers.get("content-type") ?? "" };
    return busboy({ headers, limits, defParamCharset: "utf8" });
  } catch (error) {
    throw new BrokenForm("the body is no form", { cause: error });
  }
}

async function* bounded(request: Request): AsyncGenerator<Buffer> {
  if (!request.body) throw new BrokenForm("there is no body");
  let left = mostBytes;
  for await (const chunk of Readable.fromWeb(request.body as ReadableStream<Uint8Array>)) {
    left -= chunk.length;
    if (left < 0) throw new BrokenForm("the body is too long");
    yield chunk;
  }
}
