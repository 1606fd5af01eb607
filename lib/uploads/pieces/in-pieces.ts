import { pieceBytes } from "./piece.ts";

/** The bytes in pieces of 1 MiB. A piece is overwritten by the next but one: at most two may be in use. */
export async function* inPieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const buffers = [Buffer.allocUnsafeSlow(pieceBytes), Buffer.allocUnsafeSlow(pieceBytes)] as const;
  let [buffer, spare]: readonly [Buffer, Buffer] = buffers;
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const copied = chunk.copy(buffer, filled, at);
      at += copied;
      filled += copied;
      if (filled < pieceBytes) continue;
      yield buffer;
      [buffer, spare] = [spare, buffer];
      filled = 0;
    }
  }
  if (filled > 0) yield buffer.subarray(0, filled);
}
