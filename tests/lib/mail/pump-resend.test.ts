import { expect, test } from "vitest";
import { sendBatch } from "#lib/mail/pump/send-batch.ts";
import { claim, pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, expireWaits, pumpToTheEnd, seed, states, withResend } = pumpHarness();

test("every mail of every account goes out once, to its own recipient, with its provider id and its run's count", async () => {
  await seed({ accounts: 7, mails: 350, run: true });
  const { stub, transport } = await withResend();
  const result = await pump(transport);
  expect(result).toEqual({ states: { sent: 350 }, dueInMs: null });
  expect(stub.summary()).toMatchObject({ accepted: 350, duplicates: 0, withoutKey: 0, requests: 4 });
  const rows =
    await book()`select id, recipient, provider_id, sent_at, provider from emails order by provider_id`;
  const ledger = stub.accepted().map(({ mail, recipient, id }) => ({ id: mail, recipient, provider_id: id }));
  expect(rows.map(({ id, recipient, provider_id }) => ({ id, recipient, provider_id }))).toEqual(
    ledger.sort((a, b) => (a.provider_id < b.provider_id ? -1 : 1)),
  );
  expect(rows.every((row) => row.sent_at !== null && row.provider === "resend")).toBe(true);
  expect(
    await book()`select sum(queued)::int as queued, sum(sent)::int as sent from run_mail_counts`,
  ).toEqual([{ queued: 0, sent: 350 }]);
});

test.each([
  ["429", { status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 }],
  ["500, nothing accepted", { status: 500 }],
  ["500 after accepting", { status: 500, accept: true }],
  ["a line lost before accepting", { lose: "before" }],
  ["a line lost after accepting", { lose: "after" }],
  ["an answer that comes too late", { delayMs: 1500 }],
] as const)("every third request meets %s: none lost, none twice", async (_, fault) => {
  await seed({ accounts: 2, mails: 900 });
  const { stub, transport } = await withResend(undefined, 400);
  stub.everyNth(3, fault);
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 900, duplicates: 0, recipients: 900 });
  expect(await states()).toEqual({ sent: 900 });
});

test("killed between the provider's accepting and our commit: the same batch under the same key", async () => {
  await seed({ mails: 150 });
  const { stub, transport } = await withResend();
  const before = await claim(transport);
  stub.script({ lose: "after" });
  await sendBatch({ transport, stationery }, { ...before, lease: crypto.randomUUID() }, 0);
  expect(await states()).toEqual({ queued: 50, sending: 100 });
  await expireWaits();
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 150, duplicates: 0, repeats: 1 });
  expect(await states()).toEqual({ sent: 150 });
});

test("four pumps at once share the work", async () => {
  await seed({ accounts: 3, mails: 1500 });
  const { stub, transport } = await withResend();
  await Promise.all(Array.from({ length: 4 }, () => pump(transport)));
  expect(stub.summary()).toMatchObject({ accepted: 1500, duplicates: 0, repeats: 0 });
  expect(await states()).toEqual({ sent: 1500 });
});

test("many dead batches, recovered by many pumps at once", async () => {
  await seed({ mails: 1000 });
  const { stub, transport } = await withResend();
  for (let dead = 0; dead < 10; dead += 1) await claim(transport);
  await expireWaits();
  await Promise.all(Array.from({ length: 6 }, () => pump(transport)));
  expect(stub.summary()).toMatchObject({ accepted: 1000, duplicates: 0 });
  expect(await states()).toEqual({ sent: 1000 });
});

test("a pump that was paused past its lease changes nothing when it wakes up", async () => {
  await seed({ mails: 100 });
  const { stub, transport } = await withResend();
  const paused = await claim(transport);
  await expireWaits();
  await pumpToTheEnd(transport);
  const [before] = await book()`select jsonb_agg(e order by id) as rows from emails e`;
  await sendBatch({ transport, stationery }, { ...paused, ageMs: () => 60_000 }, 0);
  // Even without looking at its watch, the same key makes the second request harmless.
  await sendBatch({ transport, stationery }, paused, 0);
  expect(stub.summary()).toMatchObject({ accepted: 100, duplicates: 0 });
  expect((await book()`select jsonb_agg(e order by id) as rows from emails e`)[0]).toEqual(before);
});

test("a batch that was perhaps accepted keeps its key when it is later told to slow down", async () => {
  await seed({ mails: 5 });
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" }, { status: 429, name: "rate_limit_exceeded" });
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 5, duplicates: 0 });
  expect(await states()).toEqual({ sent: 5 });
});

test("no answer within the provider's memory of keys: unknown, for a person to look at", async () => {
  await seed({ mails: 3, run: true });
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pump(transport);
  stub.forgetKeys();
  await book()`update emails set first_attempt_at = now() - interval '23 hours 1 minute'`;
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ unknown: 3 });
  expect(stub.summary().accepted).toBe(3);
  expect(await book()`select queued, unknown from run_mail_counts`).toEqual([{ queued: 0, unknown: 3 }]);
});

test("a mail whose invitation was revoked is withdrawn, and its batch goes without it", async () => {
  await seed({ mails: 4 });
  await book()`update invitations set state = 'revoked' where email like 'a0.p2@%'`;
  await book()`update invitations set generation = 2 where email like 'a0.p3@%'`;
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pumpToTheEnd(transport);
  expect(stub.accepted().map((entry) => entry.recipient)).toEqual(["a0.p1@acme.test", "a0.p4@acme.test"]);
  expect(await states()).toEqual({ sent: 2, withdrawn: 2 });
});

test("a revocation after a lost answer leaves the repeated batch as it was", async () => {
  await seed({ mails: 4 });
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pump(transport);
  await book()`update invitations set state = 'revoked' where email like 'a0.p2@%'`;
  await pumpToTheEnd(transport);
  expect(stub.summary()).toMatchObject({ accepted: 4, duplicates: 0, repeats: 1 });
  expect(await states()).toEqual({ sent: 4 });
});

test("one mail that cannot be rendered fails alone", async () => {
  await seed({ mails: 3 });
  await book()`update emails set kind = 'sign_in_link', subject_id = uuid_v7() where recipient = 'a0.p1@acme.test'`;
  await book()`update accounts set name = E'\u200b'`;
  const { transport } = await withResend();
  await pump(transport);
  const rows = await book()`select state, error from emails order by recipient`;
  expect(rows.map((row) => row.state)).toEqual(["withdrawn", "failed", "failed"]);
  expect(rows[1]?.error).toBe("cannot be rendered: The mail needs a value for accountName.");
});
