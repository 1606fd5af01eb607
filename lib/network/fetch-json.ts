import { once } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import type { Network } from "./checked-addresses.ts";
import { guardedAgent } from "./guarded-agent.ts";

/**
 * `unreachable` says the same of a name that does not exist, a closed network, a refused connection and a host that is
 * silent: an account's admin must not learn what is inside the operator's network.
 */
export type Unfetched = {
  ok: false;
  reason:
    | "bad_url"
    | "unreachable"
    | "untrusted_certificate"
    | "redirected"
    | "status"
    | "too_long"
    | "not_json";
  status?: number;
  /** For the log. */
  cause?: unknown;
};
export type Fetched = { ok: true; json: unknown } | Unfetched;

/**
 * `withinMs` is what the whole request may take, and also when it is told that a host is unreachable, never sooner: time
 * would tell what words do not.
 */
type Wishes = { withinMs?: number; mostBytes?: number; headers?: Record<string, string> };

const usualMs = 5_000;
const headBytes = 64 * 1024;

/** A GET of JSON from a host that an admin named, by http only where the operator opened it. Follows no redirect: OpenID discovery answers with 200 itself. */
export async function fetchJson(network: Network, address: string, wishes: Wishes = {}): Promise<Fetched> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    return { ok: false, reason: "bad_url" };
  const began = performance.now();
  const fetched = await get(network, url, wishes).catch((error: unknown) => refusal(error));
  const early = (wishes.withinMs ?? usualMs) - (performance.now() - began);
  if (!fetched.ok && fetched.reason === "unreachable" && early > 0) await wait(early);
  return fetched;
}

async function get(network: Network, url: URL, wishes: Wishes): Promise<Fetched> {
  const mostBytes = wishes.mostBytes ?? 256 * 1024;
  const limits = { deadlineMs: wishes.withinMs ?? usualMs, mostBytes: mostBytes + headBytes };
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  const headers = { accept: "application/json", "accept-encoding": "identity", ...wishes.headers };
  const agent = guardedAgent(network, limits);
  const request = send(url, { agent, headers });
  request.end();
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  try {
    return await read(answer, mostBytes);
  } finally {
    request.destroy();
  }
}

async function read(answer: IncomingMessage, mostBytes: number): Promise<Fetched> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400) return { ok: false, reason: "redirected", status };
  if (status !== 200) return { ok: false, reason: "status", status };
  const parts: Buffer[] = [];
  let left = mostBytes;
  for await (const part of answer as AsyncIterable<Buffer>) {
    left -= part.length;
    if (left < 0) return { ok: false, reason: "too_long" };
    parts.push(part);
  }
  try {
    return { ok: true, json: JSON.parse(Buffer.concat(parts).toString("utf8")) };
  } catch (cause) {
    return { ok: false, reason: "not_json", cause };
  }
}

function refusal(cause: unknown): Unfetched {
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (/CERT|^ERR_TLS|^ERR_SSL|SELF_SIGNED|UNABLE_TO|^EPROTO/.test(code))
    return { ok: false, reason: "untrusted_certificate", cause };
  return { ok: false, reason: "unreachable", cause };
}
