import { once } from "node:events";
import type { Socket } from "node:net";
import { BerReader, BerWriter } from "ldapts";
import { DirectoryFailure } from "./failure.ts";

const oid = "1.3.6.1.4.1.1466.20037";
const extendedRequest = 0x77;
const extendedResponse = 0x78;

/**
 * Asks the server to go over to TLS (RFC 4511 4.14). By hand and on the bare line: ldapts has no time limit for what
 * follows, and reconnects without TLS. Throws DirectoryFailure when the server will not.
 */
export async function askForTls(socket: Socket): Promise<void> {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(1);
  writer.startSequence(extendedRequest);
  writer.writeString(oid, 0x80);
  writer.endSequence();
  writer.endSequence();
  const answered = firstBytes(socket);
  socket.write(writer.buffer);
  const bytes = await answered;
  if (!isSuccess(bytes)) throw new DirectoryFailure("start_tls", "tls_refused");
}

/** Nothing may come behind the answer: it would be read as if it had been encrypted. */
async function firstBytes(socket: Socket): Promise<Buffer> {
  const closed = once(socket, "close").then(() => {
    throw new DirectoryFailure("start_tls", "line_dropped");
  });
  const [chunk] = (await Promise.race([once(socket, "data"), closed])) as [Buffer];
  closed.catch(() => {});
  socket.pause();
  return chunk;
}

function isSuccess(bytes: Buffer): boolean {
  const reader = new BerReader(bytes);
  reader.readSequence();
  if (reader.length + reader.offset !== bytes.length) return false;
  reader.readInt();
  return reader.readSequence() === extendedResponse && reader.readEnumeration() === 0;
}
