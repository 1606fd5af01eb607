import { once } from "node:events";
import { connect, isIP, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { checkedAddresses, type Network } from "#lib/network/checked-addresses.ts";
import { DirectoryFailure, type Step } from "./failure.ts";
import { askForTls } from "./start-tls.ts";

export type Security = "ldaps" | "starttls" | "none";

/** `ca`: PEM, in the place of the authorities that the system trusts. */
export type ServerAddress = { host: string; port: number; security: Security; ca?: string | null };

/** Milliseconds for each step. */
const patience = { connect: 5_000, tls: 10_000 };

/** A connection to a checked address of the host, encrypted as asked for before anything is said. Throws DirectoryFailure. */
export async function openSocket(
  network: Network,
  server: ServerAddress,
  signal?: AbortSignal,
): Promise<Socket> {
  const began = performance.now();
  const plain = await reach(network, server).catch(async (error: unknown) => {
    // What is closed, does not exist, refuses or is silent is told after one time: else time would say which it is.
    await sleep(Math.max(0, patience.connect - (performance.now() - began)));
    throw error;
  });
  // Whatever is said on it ends with it, encrypted or not.
  if (signal?.aborted) plain.destroy();
  signal?.addEventListener("abort", () => plain.destroy(), { once: true });
  if (server.security === "none") return plain;
  try {
    if (server.security === "starttls") await within(patience.tls, "start_tls", plain, askForTls(plain));
    return await within(patience.tls, "tls", plain, encrypt(plain, server));
  } catch (error) {
    plain.destroy();
    throw error;
  }
}

async function reach(network: Network, { host, port, security }: ServerAddress): Promise<Socket> {
  const allowed = security === "none" ? { ...network, openedOnly: true } : network;
  const addresses = await checkedAddresses(allowed, host).catch((cause: unknown) => {
    throw new DirectoryFailure("connect", "unreachable", { cause });
  });
  let cause: unknown;
  for (const { address } of addresses) {
    const socket = connect({ host: address, port, noDelay: true });
    try {
      return await within(patience.connect, "connect", socket, connected(socket));
    } catch (error) {
      socket.destroy();
      cause = error;
    }
  }
  throw new DirectoryFailure("connect", "unreachable", { cause });
}

async function connected(socket: Socket): Promise<Socket> {
  await once(socket, "connect");
  return socket;
}

/** A certificate is checked against the name that was asked for, an address against the addresses in it. */
async function encrypt(plain: Socket, { host, ca }: ServerAddress): Promise<TLSSocket> {
  const secure = connectTls({
    socket: plain,
    host,
    servername: isIP(host) ? "" : host,
    ...(ca ? { ca } : {}),
    minVersion: "TLSv1.2",
  });
  try {
    await once(secure, "secureConnect");
    return secure;
  } catch (cause) {
    const code = String((cause as { code?: string }).code ?? "");
    const reason = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ISSUER/.test(code)
      ? "untrusted_certificate"
      : "tls_refused";
    throw new DirectoryFailure("tls", reason, { message: code, cause });
  }
}

async function within<T>(milliseconds: number, step: Step, socket: Socket, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DirectoryFailure(step, step === "connect" ? "unreachable" : "timed_out"));
      socket.destroy();
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {});
  }
}
