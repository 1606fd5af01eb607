import { Socket } from "node:net";
import type { Sql } from "postgres";

type Target = { host: string[]; port: number[]; path: string | false | undefined };

const protocolVersion = 3 << 16;

/**
 * Gives a pool that speaks no TLS sockets of ours. Between the loss of a connection and the closing of its socket postgres.js
 * still takes queries for it: one that comes after an error is never answered, and what was not written yet stays in front of
 * the next start-up message, so that this place in the pool is silent until its time-out, again and again for a minute.
 */
export function giveOwnSockets({ options }: Sql): void {
  if (options.ssl) return;
  let turn = 0;
  const socket = ({ host, port, path }: Target): Socket => {
    const at = turn++ % host.length;
    const line = new Socket();
    if (path) line.connect(path);
    else line.connect(port[at] as number, host[at] as string);
    return watched(line);
  };
  Object.assign(options, { socket });
}

/** Ends a socket that does not begin with a start-up message; postgres.js then dials anew, until what was left over is spent. */
function watched(socket: Socket): Socket {
  const emit = socket.emit.bind(socket) as (event: string | symbol, ...told: unknown[]) => boolean;
  const write = socket.write.bind(socket) as (bytes: Buffer, written?: () => void) => boolean;
  let begun = false;
  // The message is written in the coming turn of the event loop, or never.
  setImmediate(() => setImmediate(() => begun || socket.destroy()));
  return Object.assign(socket, {
    // Told that it closed after an error, postgres.js takes it that nobody has asked anything since.
    emit: (event: string | symbol, ...told: unknown[]) =>
      event === "close" ? emit(event, told[0] === true && socket.bytesRead === 0) : emit(event, ...told),
    write: (bytes: Buffer, written?: () => void) => {
      begun ||= isStartUp(bytes);
      if (begun) return write(bytes, written);
      socket.destroy();
      return false;
    },
  });
}

const isStartUp = (bytes: Buffer): boolean =>
  bytes.length >= 8 && bytes.readUInt32BE(0) === bytes.length && bytes.readUInt32BE(4) === protocolVersion;
