import { expect, test } from "vitest";
import { runSendMail } from "#lib/mail/run-send-mail.ts";
import { pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, seed, withResend } = pumpHarness();

test("what a person waits for overtakes bulk mail", async () => {
  await seed({ mails: 300 });
  await book()`update emails set priority = 0 where recipient = 'a0.p299@acme.test'`;
  const { stub, transport } = await withResend();
  await pump(transport);
  const place = stub.accepted().findIndex((entry) => entry.recipient === "a0.p299@acme.test");
  expect(place).toBeLessThan(100);
});

test("slow answers do not slow the sending: several requests are under way", async () => {
  await seed({ mails: 800 });
  const { stub, transport } = await withResend();
  stub.everyNth(1, { delayMs: 500 });
  const begun = performance.now();
  await pump(transport);
  expect(performance.now() - begun).toBeLessThan(2500);
  expect(stub.summary().accepted).toBe(800);
});

test("the pump ends at its time and says when it should go on", async () => {
  await seed({ mails: 500 });
  const { stub, transport } = await withResend(5);
  const { dueInMs } = await runSendMail({
    transport: { ...transport, intervalMs: 206 },
    stationery,
    maxMs: 300,
  });
  expect([100, 200]).toContain(stub.summary().accepted);
  expect(dueInMs).toBeGreaterThanOrEqual(0);
  expect(dueInMs).toBeLessThan(500);
});

test("the pace follows the provider's headers, and two pumps keep it together", async () => {
  await seed({ mails: 1200 });
  const { stub, transport } = await withResend(10);
  const slow = { ...transport, intervalMs: 206 };
  await Promise.all([pump(slow), pump(slow)]);
  expect(stub.summary()).toMatchObject({ accepted: 1200, limited: 0, duplicates: 0 });
  expect((await book()`select round(interval_ms)::int as ms from mail_throttle`)[0]).toEqual({ ms: 101 });
});
