/** A CSV that is written while it is read; when the browser goes away the source is told to stop. */
export function csvDownload(fileName: string, lines: AsyncIterable<string>): Response {
  const iterator = lines[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": attachment(fileName),
      "cache-control": "private, no-store",
    },
  });
}

/** RFC 6266: a plain name for old readers and the true one percent-encoded; always ends in .csv. */
function attachment(fileName: string): string {
  const name = `${fileName.replace(/\.(csv|txt)$/i, "")}.csv`;
  const plain = name.replace(/[^\w.() -]/g, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, percent)}`;
}

const percent = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
