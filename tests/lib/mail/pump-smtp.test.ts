import { expect, test } from "vitest";
import { sendBatch } from "#lib/mail/pump/send-batch.ts";
import { claim, pump, pumpHarness, stationery } from "./pump-harness.ts";

const { expireWaits, pumpToTheEnd, seed, states, withResend, withSmtp } = pumpHarness();

test("accepted, refused and waiting mails each keep their own outcome", async () => {
  await seed({ mails: 60 });
  const { sink, transport } = await withSmtp((recipient) => {
    if (recipient === "a0.p1@acme.test") return 550;
    return recipient === "a0.p2@acme.test" ? 450 : "accept";
  });
  await pump(transport);
  expect(await states()).toEqual({ sent: 58, failed: 1, queued: 1 });
  expect(sink.duplicates()).toBe(0);
});

test("a lost answer is unknown, and never sent again", async () => {
  await seed({ mails: 10 });
  const { sink, transport } = await withSmtp((recipient) =>
    recipient === "a0.p3@acme.test" ? "lose answer" : "accept",
  );
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ sent: 9, unknown: 1 });
  expect(sink.received).toHaveLength(10);
  expect(sink.duplicates()).toBe(0);
});

test("a killed worker's mails become unknown; its lease is never sent blindly", async () => {
  await seed({ mails: 10 });
  const { sink, transport } = await withSmtp();
  await claim(transport);
  await expireWaits();
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ unknown: 10 });
  expect(sink.received).toEqual([]);
});

test("a paused worker that wakes up sends nothing", async () => {
  await seed({ mails: 10 });
  const { sink, transport } = await withSmtp();
  const paused = await claim(transport);
  await expireWaits();
  await pumpToTheEnd(transport);
  await sendBatch({ transport, stationery }, { ...paused, ageMs: () => 60_000 }, 0);
  expect(sink.received).toEqual([]);
  expect(await states()).toEqual({ unknown: 10 });
});

test("a batch that Resend was given is not repeated by SMTP after a change of settings", async () => {
  await seed({ mails: 5 });
  const resend = await withResend();
  resend.stub.script({ lose: "after" });
  await pump(resend.transport);
  const { sink, transport } = await withSmtp();
  await pumpToTheEnd(transport);
  expect(sink.received).toEqual([]);
  expect(await states()).toEqual({ unknown: 5 });
});
