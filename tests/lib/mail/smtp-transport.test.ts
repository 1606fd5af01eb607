import { createServer } from "node:net";
import { afterEach, expect, test } from "vitest";
import { smtpTransport } from "#lib/mail/transport/smtp.ts";
import type { RenderedMail } from "#lib/mail/transport/transport.ts";
import { startSmtpSink } from "#tests/support/smtp-sink.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function set(judge?: Parameters<typeof startSmtpSink>[0]) {
  const sink = await startSmtpSink(judge);
  const transport = smtpTransport({
    url: sink.url,
    from: "Rollcall <noreply@rollcall.test>",
    timeoutMs: 3000,
  });
  stops.push(transport.close, sink.stop);
  return { sink, transport };
}

const mail = (recipient: string): RenderedMail => ({
  id: `id-${recipient.split("@")[0]}`,
  accountId: "account",
  recipient,
  from: "Acme",
  replyTo: null,
  subject: "Grüße, join Acme",
  html: "<p>Join <b>Acme</b></p>",
  text: "Join Acme",
});

const kinds = async (transport: ReturnType<typeof smtpTransport>, ...to: string[]) =>
  (await transport.deliver(to.map(mail), { idempotencyKey: "unused" })).outcomes.map(
    (outcome) => outcome.kind,
  );

test("sends each mail with both parts under a Message-ID of its own that never changes", async () => {
  const { sink, transport } = await set();
  const people = Array.from({ length: 30 }, (_, index) => `p${index}@acme.test`);
  expect(await kinds(transport, ...people)).toEqual(Array(30).fill("accepted"));
  expect(sink.received.map((received) => received.recipient).sort()).toEqual([...people].sort());
  expect(new Set(sink.received.map((received) => received.messageId))).toEqual(
    new Set(people.map((person) => `<id-${person.split("@")[0]}@rollcall.test>`)),
  );
  expect(sink.received[0]?.source).toMatch(/text\/plain[\s\S]*text\/html/);
});

test("450 waits, 550 is refused, the others go out", async () => {
  const { sink, transport } = await set((recipient) =>
    /^(\d+)/.test(recipient) ? Number(recipient.slice(0, 3)) : "accept",
  );
  expect(await kinds(transport, "450@acme.test", "550@acme.test", "lee@acme.test")).toEqual([
    "not_taken",
    "refused",
    "accepted",
  ]);
  expect(sink.received.map((received) => received.recipient)).toEqual(["lee@acme.test"]);
});

test("a mail whose answer was lost is unknown and is not repeated by the pool", async () => {
  const { sink, transport } = await set((recipient) =>
    recipient.startsWith("lost") ? "lose answer" : "accept",
  );
  expect(await kinds(transport, "lost@acme.test", "lee@acme.test")).toEqual(["unknown", "accepted"]);
  expect(sink.received.filter((received) => received.recipient === "lost@acme.test")).toHaveLength(1);
  expect(sink.duplicates()).toBe(0);
});

test("nobody listening: surely not taken", async () => {
  const { sink, transport } = await set();
  await sink.stop();
  stops.pop();
  expect(await kinds(transport, "lee@acme.test")).toEqual(["not_taken"]);
});

test("a server that never greets: surely not taken", async () => {
  const silent = createServer((socket) => socket.on("error", () => {}));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const port = (silent.address() as { port: number }).port;
  const transport = smtpTransport({
    url: `smtp://127.0.0.1:${port}`,
    from: "a@rollcall.test",
    timeoutMs: 100,
  });
  stops.push(transport.close, () => new Promise((resolve) => silent.close(resolve)));
  expect(await kinds(transport, "lee@acme.test")).toEqual(["not_taken"]);
});

test("a password is not sent to a server that offers no TLS", async () => {
  const { sink } = await set();
  const url = sink.url.replace("//", "//user:secret@");
  const transport = smtpTransport({ url, from: "a@rollcall.test", timeoutMs: 3000 });
  stops.unshift(transport.close);
  expect(await kinds(transport, "lee@acme.test")).toEqual(["not_taken"]);
  expect(sink.received).toEqual([]);
});

test("no address or subject can add a header", async () => {
  const { sink, transport } = await set();
  const hostile = { ...mail("lee@acme.test"), subject: "Join\r\nBcc: victim@evil.example" };
  await transport.deliver([hostile], { idempotencyKey: "unused" });
  expect(sink.received[0]?.source).not.toMatch(/^bcc:/im);
});

test("after the worker was told to stop nothing more is begun", async () => {
  const { sink, transport } = await set();
  const { outcomes } = await transport.deliver([mail("lee@acme.test")], {
    idempotencyKey: "unused",
    signal: AbortSignal.abort(),
  });
  expect(outcomes[0]).toMatchObject({ kind: "not_taken", waitMs: 0 });
  expect(sink.received).toEqual([]);
});
