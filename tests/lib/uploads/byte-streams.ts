/** The bytes in pieces of a size, as an upload or a stored file gives them. */
export async function* pieces(bytes: Buffer | string, size = 64 * 1024): AsyncGenerator<Buffer> {
  const all = typeof bytes === "string" ? Buffer.from(bytes) : bytes;
  for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size);
}

/** `size` bytes of a filler without holding them, between a beginning and an end. */
export async function* longStream(
  start: string,
  filler: string,
  size: number,
  end = "",
): AsyncGenerator<Buffer> {
  const chunk = Buffer.from(filler.repeat(Math.ceil((1 << 20) / filler.length)));
  if (start) yield Buffer.from(start);
  for (let sent = 0; sent < size; sent += chunk.length)
    yield chunk.subarray(0, Math.min(chunk.length, size - sent));
  if (end) yield Buffer.from(end);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
