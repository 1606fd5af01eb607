import { type ClientRequest, Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { isIP, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { checkedAddresses, type Network } from "./checked-addresses.ts";
import { guardedLookup } from "./guarded-lookup.ts";

/** From the beginning of the lookup to the last byte of the answer; the bytes are those of the answer with its head. */
export type Limits = { deadlineMs: number; mostBytes: number };

const usual: Limits = { deadlineMs: 10_000, mostBytes: 1024 ** 2 };

type Connect = HttpAgent["createConnection"];
type Options = Parameters<Connect>[0];
type Made = NonNullable<Parameters<Connect>[1]>;

/** What http.request and https.request take as their agent: they ask no more of it than this. */
export type GuardedAgent = HttpAgent;

/**
 * An agent for requests to hosts that an admin named, http and https alike: one connection a request, to a checked
 * address, within limits. Plain http goes to hosts that the operator opened, and nowhere else.
 */
export function guardedAgent(network: Network, limits: Limits = usual): GuardedAgent {
  return new BothAgents(network, limits) as unknown as GuardedAgent;
}

/** One that names no protocol of its own serves both. A class, for openid-client takes plain objects apart. */
class BothAgents implements Requests {
  readonly defaultPort = 443;
  readonly plain: Requests;
  readonly secure: Requests;

  constructor(network: Network, limits: Limits) {
    this.plain = guard(new HttpAgent(), { ...network, openedOnly: true }, limits);
    this.secure = guard(new HttpsAgent(), network, limits);
  }

  addRequest(request: ClientRequest, options: Options): void {
    // Node takes the port that an address leaves out from the agent, which does not know yet what is asked.
    const port = options.port === this.defaultPort ? 80 : options.port;
    if (options.protocol === "https:") this.secure.addRequest(request, options);
    else this.plain.addRequest(request, { ...options, port });
  }
}

type Requests = { addRequest(request: ClientRequest, options: Options): void };

function guard(agent: HttpAgent, network: Network, limits: Limits): Requests {
  const connect: Connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, made) => guarded(network, limits, connect, options, made);
  return agent as unknown as Requests;
}

function guarded(network: Network, limits: Limits, connect: Connect, options: Options, made?: Made) {
  const host = options.host ?? "";
  const refuse = (error: Error) => made?.(error, undefined as unknown as Duplex);
  if (options.socketPath) {
    process.nextTick(refuse, new Error("a socket of this machine is no host"));
    return undefined;
  }
  const begin = () => limited(connect({ ...options, lookup: guardedLookup(network) }) as Socket, limits);
  if (!isIP(host)) return begin();
  // An address is connected to without a lookup.
  checkedAddresses(network, host).then(() => made?.(null, begin()), refuse);
  return undefined;
}

/**
 * Ends a connection that lasts too long, or brings more than it may: to whoever asked it looks as if the host had hung up.
 * An error of our own would reach a request that is past its answer, where nobody listens and the process would end.
 */
function limited(socket: Socket, { deadlineMs, mostBytes }: Limits): Socket {
  const timer = setTimeout(() => socket.destroy(), deadlineMs);
  socket.once("close", () => clearTimeout(timer));
  const push = socket.push.bind(socket);
  let left = mostBytes;
  // Here every byte passes before anybody reads it; a listener would set the stream flowing before its reader is there.
  socket.push = (chunk: Buffer | null, encoding) => {
    left -= chunk?.length ?? 0;
    if (left >= 0) return push(chunk, encoding);
    socket.destroy();
    return false;
  };
  return socket;
}
