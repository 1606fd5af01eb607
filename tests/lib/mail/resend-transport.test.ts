import { afterEach, describe, expect, test } from "vitest";
import { resendTransport } from "#lib/mail/transport/resend.ts";
import type { RenderedMail } from "#lib/mail/transport/transport.ts";
import { startResendStub } from "#tests/support/resend-stub.ts";

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function set(options: { rate?: number; apiKey?: string; timeoutMs?: number } = {}) {
  const stub = await startResendStub({ rate: options.rate });
  const from = "Rollcall <noreply@rollcall.test>";
  const { apiKey = stub.apiKey, timeoutMs = 2000 } = options;
  stops.push(stub.stop);
  return { stub, transport: resendTransport({ apiKey, from, baseUrl: stub.url, timeoutMs }) };
}

const mails = (count: number, first = 0): RenderedMail[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `mail-${first + index}`,
    accountId: "account-1",
    from: "Acme",
    replyTo: null,
    recipient: `person${first + index}@acme.test`,
    subject: "Join",
    html: "<p>Join</p>",
    text: "Join",
  }));

test("takes a hundred in one request and keeps each provider id", async () => {
  const { stub, transport } = await set();
  const { outcomes, intervalMs } = await transport.deliver(mails(100), { idempotencyKey: "a" });
  expect(outcomes.map((outcome) => outcome.kind === "accepted" && outcome.providerId)).toEqual(
    stub.accepted().map((entry) => entry.id),
  );
  expect(stub.accepted().map((entry) => entry.mail)).toEqual(mails(100).map((mail) => mail.id));
  expect(stub.summary()).toMatchObject({ accepted: 100, requests: 1, withoutKey: 0 });
  expect(intervalMs).toBeLessThan(1);
});

test("refuses only the bad address of a batch, and gives the others their own ids", async () => {
  const { stub, transport } = await set();
  const batch = mails(3);
  batch[1] = { ...(batch[1] as RenderedMail), recipient: "a@b.test,c@d.test" };
  const { outcomes } = await transport.deliver(batch, { idempotencyKey: "a" });
  expect(outcomes).toEqual([
    { kind: "accepted", providerId: "re_1" },
    { kind: "refused", reason: "Invalid `to` field." },
    { kind: "accepted", providerId: "re_2" },
  ]);
  expect(stub.summary().accepted).toBe(2);
});

test("the same batch under the same key is accepted once, whatever was lost", async () => {
  const { stub, transport } = await set();
  stub.script({ lose: "after" }, { status: 500, accept: true }, { lose: "before" });
  const attempt = () => transport.deliver(mails(5), { idempotencyKey: "same" });
  for (const expected of ["unanswered", "unanswered", "unanswered", "accepted"]) {
    expect((await attempt()).outcomes.map((outcome) => outcome.kind)).toEqual(Array(5).fill(expected));
  }
  expect(stub.summary()).toMatchObject({ accepted: 5, duplicates: 0, repeats: 2 });
});

test("another body under a used key is unknown, never sent", async () => {
  const { stub, transport } = await set();
  await transport.deliver(mails(2), { idempotencyKey: "same" });
  const { outcomes } = await transport.deliver(mails(2, 7), { idempotencyKey: "same" });
  expect(outcomes.map((outcome) => outcome.kind)).toEqual(["unknown", "unknown"]);
  expect(stub.summary().accepted).toBe(2);
});

test("an answer that takes too long ends by our own time-out", async () => {
  const { stub, transport } = await set({ timeoutMs: 60 });
  stub.script({ delayMs: 5000 });
  const { outcomes } = await transport.deliver(mails(1), { idempotencyKey: "slow" });
  expect(outcomes[0]).toMatchObject({ kind: "unanswered", reason: expect.stringContaining("no answer") });
});

test("a request over the rate was not taken, and all wait as long as the provider says", async () => {
  const { stub, transport } = await set({ rate: 2 });
  const sent = [];
  for (const key of ["a", "b", "c"])
    sent.push(await transport.deliver(mails(1, sent.length), { idempotencyKey: key }));
  expect(sent.map((delivery) => delivery.outcomes[0]?.kind)).toEqual(["accepted", "accepted", "not_taken"]);
  expect(sent[2]).toMatchObject({ pauseMs: 1000, outcomes: [{ waitMs: 1000 }] });
  expect(sent[0]?.intervalMs).toBeCloseTo(507.5);
  expect(stub.summary()).toMatchObject({ accepted: 2, limited: 1 });
});

describe("a declined batch of two", () => {
  test.each([
    [{ status: 500 }, "unanswered", undefined],
    [{ status: 503 }, "unanswered", undefined],
    [{ status: 409, name: "concurrent_idempotent_requests" }, "unanswered", undefined],
    [{ status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 7 }, "not_taken", 7000],
    [{ status: 429, name: "daily_quota_exceeded" }, "not_taken", 600_000],
    [{ status: 403, name: "validation_error" }, "not_taken", 10_000],
    [{ status: 422, name: "invalid_from_address" }, "not_taken", 10_000],
    [{ status: 400, name: "validation_error" }, "not_taken", undefined],
  ])("%j", async (fault, kind, pauseMs) => {
    const { stub, transport } = await set();
    stub.script(fault);
    const delivery = await transport.deliver(mails(2), { idempotencyKey: "a" });
    expect(delivery.outcomes.map((outcome) => outcome.kind)).toEqual([kind, kind]);
    expect(delivery.pauseMs).toBe(pauseMs);
    expect(stub.summary().accepted).toBe(0);
  });
});

test("a mail that spoils its batch comes back alone and is then refused", async () => {
  const { stub, transport } = await set();
  stub.script({ status: 400, name: "validation_error" }, { status: 400, name: "validation_error" });
  const together = await transport.deliver(mails(3), { idempotencyKey: "a" });
  expect(together.outcomes.map((outcome) => "waitMs" in outcome && outcome.waitMs)).toEqual([
    1000, 1400, 1800,
  ]);
  const alone = await transport.deliver(mails(1), { idempotencyKey: "b" });
  expect(alone.outcomes[0]?.kind).toBe("refused");
});

test("a wrong API key is the operator's to mend: the mail waits", async () => {
  const { transport } = await set({ apiKey: "re_wrong" });
  const { outcomes } = await transport.deliver(mails(1), { idempotencyKey: "a" });
  expect(outcomes[0]).toMatchObject({
    kind: "not_taken",
    reason: expect.stringContaining("invalid_api_key"),
  });
});

test("nobody listening is no answer, not a crash", async () => {
  const { stub, transport } = await set();
  await stub.stop();
  const { outcomes } = await transport.deliver(mails(1), { idempotencyKey: "a" });
  expect(outcomes[0]?.kind).toBe("unanswered");
});
