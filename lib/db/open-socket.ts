import { once } from "node:events";
import { isIP, Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";

type Target = { host: string[]; port: number[]; path: string | false | undefined };

const patienceMs = 10_000;
const protocolVersion = 3 << 16;
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/**
 * Opens the sockets of postgres.js. Between the loss of a connection and the closing of its socket it still takes queries
 * for it: one that comes after an error is never answered, and what was not written yet stays in front of the next start-up
 * message, so that this place in the pool is silent until its time-out, again and again for a minute. `url` says whether by TLS.
 */
export function socketOpener(url: string): (target: Target) => Promise<Socket> {
  const tls = tlsMode(url);
  let turn = 0;
  return async ({ host, port, path }) => {
    const at = turn++ % host.length;
    const name = host[at] as string;
    const socket = new Socket();
    if (path) socket.connect(path);
    else socket.connect(port[at] as number, name);
    if (tls === null) return watched(socket);
    try {
      return watched(await secured(socket, name, tls));
    } catch (error) {
      // A failure here would cost the pool this place for good; of a socket that fails postgres.js hears.
      socket.on("error", () => {}).destroy();
      return new Socket().destroy(error as Error);
    }
  };
}

/** As postgres.js reads it (`sslmode` of libpq, or `ssl`); null: in plain. */
function tlsMode(url: string): string | null {
  const asked = new URL(url).searchParams;
  if (asked.get("sslrootcert") === "system") return "verify-full";
  const mode = asked.get("sslmode") || asked.get("ssl");
  return mode === "disable" || mode === "false" ? null : mode;
}

const unverified = ["require", "allow", "prefer"];

async function secured(socket: Socket, host: string, mode: string): Promise<Socket> {
  const gone = new AbortController();
  socket.once("close", () => gone.abort(closedEarly()));
  const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(patienceMs)]);
  socket.write(sslRequest);
  const [answer] = (await once(socket, "data", { signal })) as [Buffer];
  if (answer.toString() !== "S") {
    if (mode === "prefer") return socket;
    throw new Error("The database does not offer TLS.");
  }
  const options: ConnectionOptions = { socket, rejectUnauthorized: !unverified.includes(mode) };
  if (isIP(host) === 0) options.servername = host;
  const line = connectTls(options);
  // Given up on, it fails once more when its socket is ended.
  line.on("error", () => {});
  await once(line, "secureConnect", { signal });
  return line;
}

const closedEarly = () =>
  Object.assign(new Error("The connection closed before there was TLS."), { code: "CONNECTION_CLOSED" });

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
