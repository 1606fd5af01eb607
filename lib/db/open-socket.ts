import { Socket } from "node:net";

type Target = { host: string[]; port: number[]; path: string | false | undefined };

const protocolVersion = 3 << 16;

/** Whether a URL of Postgres asks for TLS, as postgres.js reads it (`sslmode` of libpq, or `ssl`). */
export function asksForTls(url: string): boolean {
  const asked = new URL(url).searchParams;
  const mode = asked.get("sslmode") || asked.get("ssl");
  return asked.has("sslrootcert") || !(mode === null || mode === "disable" || mode === "false");
}

/**
 * Opens the sockets of postgres.js that speak no TLS. Between the loss of a connection and the closing of its socket it still
 * takes queries for it: one that comes after an error is never answered, and what was not written yet stays in front of the
 * next start-up message, so that this place in the pool is silent until its time-out, again and again for a minute.
 */
export function socketOpener(): (target: Target) => Socket {
  let turn = 0;
  return ({ host, port, path }) => {
    const at = turn++ % host.length;
    const socket = new Socket();
    if (path) socket.connect(path);
    else socket.connect(port[at] as number, host[at] as string);
    return watched(socket);
  };
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
