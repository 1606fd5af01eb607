/** The body as text; null when it is longer, and then no more of it is read. */
export async function readShortBody(request: Request, longestBytes: number): Promise<string | null> {
  if (Number(request.headers.get("content-length") ?? 0) > longestBytes) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.byteLength;
    if (length > longestBytes) {
      await reader?.cancel();
      return null;
    }
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString("utf8");
}
