// A loopback server that keeps the documented contract of Resend's batch endpoint. In a test: startResendStub(); as a
// process of its own: node tests/support/resend-stub.ts --port 0 [--rate 5], ledger at GET /ledger, faults by POST /faults.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { failure, openLedger } from "./resend-ledger.ts";

/**
 * What goes wrong with a request. `status`: answered so, and nothing accepted; with `accept` it was accepted all the same.
 * `lose`: the line drops before or after accepting. `delayMs`: the answer comes late.
 */
export type Fault = {
  status?: number;
  name?: string;
  accept?: boolean;
  lose?: "before" | "after";
  delayMs?: number;
  retryAfterSeconds?: number;
};

type Plan = { next: Fault[]; every: { nth: number; fault: Fault } | null };
type Options = { rate?: number; apiKey?: string; port?: number };

export async function startResendStub({
  rate = Number.POSITIVE_INFINITY,
  apiKey = "re_test_key",
  port = 0,
}: Options = {}) {
  const ledger = openLedger();
  const gate = rateGate(rate);
  const plan: Plan = { next: [], every: null };
  let requests = 0;

  async function batch(request: IncomingMessage, raw: Buffer): Promise<Reply> {
    requests += 1;
    const allowance = gate.arrive();
    const faultOfTurn = plan.every && requests % plan.every.nth === 0 ? plan.every.fault : undefined;
    const fault = allowance.allowed ? (plan.next.shift() ?? faultOfTurn ?? {}) : {};
    const reply = (answer: { status: number; body: object }, headers = {}): Reply => {
      return { ...answer, headers: { ...allowance.headers, ...headers } };
    };
    if (!allowance.allowed) return reply(failure(429, "rate_limit_exceeded"), { "retry-after": "1" });
    const refusal = refuse(request, apiKey);
    if (refusal) return reply(refusal);
    if (fault.lose === "before") return null;
    if (fault.status && !fault.accept) {
      const again = fault.retryAfterSeconds ? { "retry-after": String(fault.retryAfterSeconds) } : {};
      return reply(failure(fault.status, fault.name ?? "application_error"), again);
    }
    const key = (request.headers["idempotency-key"] as string | undefined) ?? null;
    const answer = ledger.take(key, raw, request.headers["x-batch-validation"] === "permissive");
    if (fault.delayMs) await sleep(fault.delayMs);
    if (fault.lose === "after") return null;
    return reply(fault.status ? failure(fault.status, "application_error") : answer);
  }

  const summary = () => ({ ...ledger.summary(), requests, ...gate.summary() });
  const server = createServer(async (request, response) => {
    const raw = await readBody(request);
    const route = `${request.method} ${request.url}`;
    if (route === "POST /emails/batch") return send(response, await batch(request, raw));
    if (route === "POST /faults") Object.assign(plan, JSON.parse(raw.toString()));
    if (route === "POST /forget-keys") ledger.forgetKeys();
    if (route === "GET /ledger/mails") return send(response, { status: 200, body: ledger.accepted() });
    send(response, { status: 200, body: summary() });
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    /** One fault a request, in order. */
    script: (...faults: Fault[]) => plan.next.push(...faults),
    everyNth: (nth: number, fault: Fault) => {
      plan.every = { nth, fault };
    },
    forgetKeys: ledger.forgetKeys,
    accepted: ledger.accepted,
    latest: ledger.latest,
    summary,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Reply = { status: number; body: object; headers?: Record<string, string> } | null;

function send(response: ServerResponse, reply: Reply): void {
  if (!reply) {
    response.destroy();
    return;
  }
  response.writeHead(reply.status, { "content-type": "application/json", ...reply.headers });
  response.end(JSON.stringify(reply.body));
}

function refuse(request: IncomingMessage, apiKey: string) {
  const authorization = request.headers.authorization;
  if (!authorization) return failure(401, "missing_api_key");
  if (authorization !== `Bearer ${apiKey}`) return failure(403, "invalid_api_key");
  const key = request.headers["idempotency-key"];
  if (key !== undefined && (key.length < 1 || key.length > 256))
    return failure(400, "invalid_idempotency_key");
  return null;
}

/** No window of one second, wherever it begins, may hold more than `rate` requests. */
function rateGate(rate: number) {
  let recent: number[] = [];
  const limited: number[] = [];
  let first: number | null = null;
  let last = 0;
  return {
    arrive() {
      const now = performance.now();
      first ??= now;
      last = now;
      recent = Number.isFinite(rate) ? recent.filter((at) => now - at < 1000) : [];
      const allowed = recent.length < rate;
      if (allowed) recent.push(now);
      else limited.push(now - first);
      const limit = Number.isFinite(rate) ? rate : 1_000_000;
      const headers = {
        "ratelimit-limit": String(limit),
        "ratelimit-remaining": String(Math.max(0, limit - recent.length)),
        "ratelimit-reset": "1",
      };
      return { allowed, headers };
    },
    summary: () => ({
      limited: limited.length,
      limitedAfterFirstSecond: limited.filter((at) => at > 1000).length,
      spanMs: Math.round(last - (first ?? last)),
    }),
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { port: { type: "string" }, rate: { type: "string" }, key: { type: "string" } },
  });
  const rate = values.rate ? Number(values.rate) : undefined;
  const stub = await startResendStub({ port: Number(values.port ?? 0), rate, apiKey: values.key });
  process.stdout.write(`${stub.url}\n`);
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(), 1000).unref();
}
