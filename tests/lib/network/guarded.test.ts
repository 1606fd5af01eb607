import { once } from "node:events";
import { createServer, get as httpGet } from "node:http";
import { get as httpsGet } from "node:https";
import { type AddressInfo, connect, createServer as createTcpServer } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { fetchJson } from "#lib/network/fetch-json.ts";
import { guardedAgent } from "#lib/network/guarded-agent.ts";
import { guardedLookup } from "#lib/network/guarded-lookup.ts";
import { networkList } from "#lib/network/network-list.ts";
import { startDnsServer } from "#tests/support/dns-server.ts";

const inside = createServer((request, answer) => {
  visits.push(request.url ?? "");
  if (request.url === "/hang") return;
  if (request.url === "/elsewhere") answer.writeHead(302, { location: "/fine" });
  if (request.url === "/missing") answer.writeHead(404);
  if (request.url === "/garbage") return void answer.end("<html>");
  if (request.url === "/long") return void answer.end(`"${"x".repeat(5000)}"`);
  if (request.url === "/drip") return void drip();
  answer.end('{"inside":true}');
  function drip() {
    answer.write('{"a":"');
    const more = setInterval(() => answer.write("x"), 20);
    answer.once("close", () => clearInterval(more));
  }
});
const silent = createTcpServer();
let visits: string[] = [];
let answers: Record<string, string[]> = {};
let dns: Awaited<ReturnType<typeof startDnsServer>>;

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
const closed = () => ({ opened: networkList(""), resolve: dns.resolve });
const opened = () => ({ opened: networkList("127.0.0.1"), resolve: dns.resolve });

beforeAll(async () => {
  for (const server of [inside, silent]) {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  }
  dns = await startDnsServer((host) => answers[host] ?? []);
});

beforeEach(() => {
  visits = [];
  answers = {
    "public.test": ["93.184.216.34", "2606:2800:220:1::1"],
    "loopback.test": ["127.0.0.1"],
    "mixed.test": ["93.184.216.34", "127.0.0.1"],
    "mapped.test": ["::ffff:127.0.0.1"],
    "metadata.test": ["169.254.169.254"],
  };
  dns.asked.length = 0;
});

afterAll(() => {
  dns.stop();
  inside.closeAllConnections();
  inside.close();
  silent.close();
});

/** What becomes of a request through the agent: the body, or the code of the error. */
const through = (url: string, agent: ReturnType<typeof guardedAgent>) =>
  new Promise<string>((resolve) => {
    const get = url.startsWith("https:") ? httpsGet : httpGet;
    const sent = get(url, { agent }, async (answer) => {
      let body = "";
      try {
        for await (const part of answer) body += part;
        resolve(body);
      } catch (error) {
        resolve((error as NodeJS.ErrnoException).code ?? "");
      }
    });
    sent.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });

describe("an agent", () => {
  const agent = () => guardedAgent(closed(), { deadlineMs: 300, mostBytes: 2000 });
  const openAgent = () => guardedAgent(opened(), { deadlineMs: 300, mostBytes: 2000 });

  test.each([
    "loopback.test",
    "mixed.test",
    "127.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0x7f.1",
    "2130706433",
  ])("reaches nobody inside by http://%s", async (host) => {
    expect(await through(`http://${host}:${portOf(inside)}/fine`, agent())).toBe("ENOTFOUND");
    expect(visits).toEqual([]);
  });

  test("for https the same", async () => {
    const https = guardedAgent(closed(), { deadlineMs: 300, mostBytes: 2000 });
    expect(await through(`https://127.0.0.1:${portOf(inside)}/`, https)).toBe("ENOTFOUND");
    expect(await through(`https://loopback.test:${portOf(inside)}/`, https)).toBe("ENOTFOUND");
  });

  test("a name that changes its mind between check and connection changes nothing: it is asked once", async () => {
    let times = 0;
    const rebinding = await startDnsServer(() => (times++ < 2 ? ["93.184.216.34"] : ["127.0.0.1"]));
    const network = { opened: networkList(""), resolve: rebinding.resolve };
    const url = `http://turncoat.test:${portOf(inside)}/fine`;
    const short = { deadlineMs: 200, mostBytes: 2000 };
    const encrypted = url.replace("http:", "https:");
    expect(await through(encrypted, guardedAgent(network, short))).toMatch(
      /ECONNRESET|ETIMEDOUT|UNREACH|ECONNREFUSED/,
    );
    expect(rebinding.asked).toEqual(["turncoat.test", "turncoat.test"]);
    expect(await through(encrypted, guardedAgent(network, short))).toBe("ENOTFOUND");
    expect(visits).toEqual([]);
    rebinding.stop();
  });

  test("goes nowhere on the internet without encryption", async () => {
    expect(await through("http://public.test/", agent())).toBe("ENOTFOUND");
    expect(await through("http://93.184.216.34/", agent())).toBe("ENOTFOUND");
  });

  test("reaches what the operator opened, by name and by address", async () => {
    expect(await through(`http://loopback.test:${portOf(inside)}/fine`, openAgent())).toBe('{"inside":true}');
    expect(await through(`http://127.0.0.1:${portOf(inside)}/fine`, openAgent())).toBe('{"inside":true}');
  });

  test("ends an answer that is too long, one that never ends, and one that never comes", async () => {
    const at = (path: string) => through(`http://loopback.test:${portOf(inside)}${path}`, openAgent());
    expect(await at("/long")).toBe("ECONNRESET");
    expect(await at("/drip")).toBe("ECONNRESET");
    expect(await at("/hang")).toBe("ECONNRESET");
    expect(await through(`http://127.0.0.1:${portOf(silent)}/`, openAgent())).toBe("ECONNRESET");
  });

  test.each([
    ["https://loopback.test/", 443, "loopback.test"],
    ["https://loopback.test:8443/", 8443, "loopback.test:8443"],
    ["http://loopback.test/", 80, "loopback.test"],
    ["http://loopback.test:8080/", 8080, "loopback.test:8080"],
  ])("%s goes to port %i, and says so", async (url, port, host) => {
    const get = url.startsWith("https:") ? httpsGet : httpGet;
    const sent = get(url, { agent: openAgent() });
    // Nobody listens there; the error names where it went.
    const [error] = (await once(sent, "error")) as [NodeJS.ErrnoException & { port?: number }];
    expect([error.code, error.port, sent.getHeader("host")]).toEqual(["ECONNREFUSED", port, host]);
  });

  test("takes no socket of the machine for a host", async () => {
    const sent = httpGet({ socketPath: "/nowhere", path: "/", agent: openAgent() });
    const [error] = (await once(sent, "error")) as [Error];
    expect(error.message).toContain("no host");
  });
});

test("the lookup serves a bare connection too, in both ways that Node asks it", async () => {
  const refused = connect({ host: "loopback.test", port: portOf(inside), lookup: guardedLookup(closed()) });
  const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("ENOTFOUND");
  for (const autoSelectFamily of [true, false]) {
    const lookup = guardedLookup(opened());
    const socket = connect({ host: "loopback.test", port: portOf(inside), lookup, autoSelectFamily });
    await once(socket, "connect");
    expect(socket.remoteAddress).toBe("127.0.0.1");
    socket.destroy();
  }
});

describe("JSON", () => {
  const wishes = { withinMs: 300, mostBytes: 4000 };
  const fetched = (path: string) =>
    fetchJson(opened(), `http://loopback.test:${portOf(inside)}${path}`, wishes);

  test("is read", async () => {
    expect(await fetched("/fine")).toEqual({ ok: true, json: { inside: true } });
  });

  test.each([
    ["/elsewhere", { reason: "redirected", status: 302 }],
    ["/missing", { reason: "status", status: 404 }],
    ["/garbage", { reason: "not_json" }],
    ["/long", { reason: "too_long" }],
    ["/drip", { reason: "unreachable" }],
    ["/hang", { reason: "unreachable" }],
  ])("%s is refused: %j", async (path, why) => {
    expect(await fetched(path)).toMatchObject({ ok: false, ...why });
    expect(visits).toEqual([path]);
  });

  test.each([
    "",
    "nowhere",
    "ftp://loopback.test/",
    "file:///etc/passwd",
    "http://a:b@public.test/",
    "javascript:1",
  ])("%j is no address for it", async (address) => {
    expect(await fetchJson(opened(), address, wishes)).toEqual({ ok: false, reason: "bad_url" });
  });

  test("plain http where https is spoken to is a fault of the certificate, not of the way there", async () => {
    const answer = await fetchJson(opened(), `https://loopback.test:${portOf(inside)}/`, wishes);
    expect(answer).toMatchObject({ ok: false, reason: "untrusted_certificate" });
  });

  test("closed, unknown, refused and silent hosts are one answer after one time", async () => {
    const free = createTcpServer().listen(0, "127.0.0.1");
    await once(free, "listening");
    const refusing = portOf(free);
    free.close();
    await once(free, "close");
    const asked: [ReturnType<typeof opened>, string][] = [
      [closed(), `http://loopback.test:${portOf(inside)}/fine`],
      [closed(), `http://127.0.0.1:${portOf(inside)}/fine`],
      [closed(), "http://no-such-name.test/"],
      [opened(), `http://loopback.test:${refusing}/`],
      [opened(), `http://loopback.test:${portOf(silent)}/`],
    ];
    for (const [network, address] of asked) {
      const began = performance.now();
      const { cause: _, ...told } = (await fetchJson(network, address, wishes)) as { cause?: unknown };
      const took = performance.now() - began;
      expect([address, told]).toEqual([address, { ok: false, reason: "unreachable" }]);
      expect(took, address).toBeGreaterThan(285);
      expect(took, address).toBeLessThan(600);
    }
    expect(visits).toEqual([]);
  });
});
