import { beforeEach, describe, expect, test } from "vitest";
import { sendBatch } from "#lib/mail/pump/send-batch.ts";
import { takeProviderEvent } from "#lib/mail/take-provider-event.ts";
import { providerEvent, webhookSecret } from "#tests/support/provider-event.ts";
import { claim, pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, expireWaits, seed, states, withResend, pumpToTheEnd } = pumpHarness();

let accountId: string;
let mailId: string;
type Wish = Partial<Parameters<typeof providerEvent>[0]>;

const event = (type: string, wish: Wish = {}) => providerEvent({ type, accountId, mailId, ...wish });
const tell = (type: string, wish: Wish = {}) => takeProviderEvent(webhookSecret, event(type, wish));
const stamps = async () =>
  (
    await book()`select delivered_at is not null as delivered, bounced_at is not null as bounced,
      complained_at is not null as complained, state, provider_id from emails where id = ${mailId}`
  )[0];
const day = async () =>
  (await book()`select sent, bounced, complained from mail_days where account_id = ${accountId}`)[0];
const validation = async () =>
  (
    await book()`select email_validation from users where email = 'a0.p1@acme.test' and account_id = ${accountId}`
  )[0]?.email_validation;

beforeEach(async () => {
  [accountId = ""] = await seed({ mails: 3, run: true });
  mailId = (await book()`select id from emails where recipient = 'a0.p1@acme.test'`)[0]?.id;
});

describe("of a mail that was sent", () => {
  beforeEach(async () => {
    const { transport } = await withResend();
    await pump(transport);
  });

  test.each([
    ["delivered, bounced, complained", ["delivered", "bounced", "complained"]],
    ["complained, bounced, delivered", ["complained", "bounced", "delivered"]],
    ["bounced, complained, delivered", ["bounced", "complained", "delivered"]],
  ])("%s, each fifty times at once: written once, whatever comes first", async (_, kinds) => {
    for (const kind of kinds) {
      const notice = event(`email.${kind}`);
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => takeProviderEvent(webhookSecret, notice)),
      );
      expect(new Set(answers)).toEqual(new Set(["taken"]));
    }
    expect(await stamps()).toMatchObject({ delivered: true, bounced: true, complained: true, state: "sent" });
    expect((await book()`select count(*)::int as n from mail_events`)[0]).toEqual({ n: 3 });
    expect(await day()).toEqual({ sent: 3, bounced: 1, complained: 1 });
    expect(await book()`select email_norm, reason from suppressed_addresses`).toEqual([
      { email_norm: "a0.p1@acme.test", reason: "complained" },
    ]);
    const told =
      await book()`select action from audit_events where account_id = ${accountId} order by action`;
    expect(told.map((row) => row.action)).toEqual(["mail.bounced", "mail.complained"]);
  });

  test("an address that bounced is marked, and gets nothing more but a link that signs in", async () => {
    await tell("email.bounced", { bounce: { type: "Permanent" } });
    expect(await validation()).toBe("bounced");
    const again = (kind: string) => book()`
      insert into emails (account_id, key, kind, recipient, subject_id, priority)
      select account_id, ${kind}, ${kind}, 'A0.P1@acme.test', subject_id, 0 from emails where id = ${mailId}`;
    await again("account_activated");
    await book()`
      with token as (insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
        select account_id, id, 'email_link', now() + interval '1 hour' from users
        where account_id = ${accountId} and email = 'a0.p1@acme.test' returning id)
      insert into emails (account_id, key, kind, recipient, subject_id, priority)
      select ${accountId}, 'link', 'sign_in_link', 'a0.p1@acme.test', id, 0 from token`;
    const { transport } = await withResend();
    await pump(transport);
    expect(
      await book()`select kind, state, error from emails where kind <> 'invitation' order by kind`,
    ).toEqual([
      { kind: "account_activated", state: "withdrawn", error: "the address bounced" },
      { kind: "sign_in_link", state: "sent", error: null },
    ]);
  });

  test.each([
    ["a full mailbox", "email.bounced", { bounce: { type: "Transient" } }],
    ["a delay", "email.delivery_delayed", {}],
    ["a click", "email.clicked", {}],
  ])("%s suppresses nobody", async (_, type, wish) => {
    expect(await tell(type, wish)).toBe("taken");
    expect(await validation()).toBeNull();
    expect(await book()`select from suppressed_addresses`).toEqual([]);
    expect(await day()).toMatchObject({ bounced: 0 });
  });

  test("what the provider itself holds back, and what it could not send, is not called sent", async () => {
    await tell("email.suppressed");
    expect(await validation()).toBe("bounced");
    const others = await book()`select id from emails where id <> ${mailId} order by id`;
    mailId = others[0]?.id;
    await tell("email.failed");
    await tell("email.failed");
    expect(await stamps()).toMatchObject({ state: "failed" });
    expect(await book()`select sent, failed from run_mail_counts`).toEqual([{ sent: 2, failed: 1 }]);
  });
});

describe("who tells it", () => {
  test.each([
    ["forged", { secret: `whsec_${Buffer.alloc(32, 1).toString("base64")}` }],
    ["six minutes old", { sent: 6 * 60_000 }],
    ["six minutes ahead", { sent: -6 * 60_000 }],
  ])("%s: refused, and nothing is written", async (_, wish) => {
    expect(await tell("email.bounced", wish)).toBe("forged");
    expect(await stamps()).toMatchObject({ bounced: false });
  });

  test("changed on the way, unsigned, or under another id: refused", async () => {
    const good = event("email.bounced");
    for (const wrong of [
      { ...good, body: good.body.replace("bounced", "delivered") },
      { ...good, id: "msg_other" },
      { ...good, signature: null },
      { ...good, timestamp: null },
      { ...good, signature: "v1," },
    ])
      expect(await takeProviderEvent(webhookSecret, wrong)).toBe("forged");
    expect(await stamps()).toMatchObject({ bounced: false });
  });

  test.each([
    ["a mail that is not there", () => ({ mailId: crypto.randomUUID() })],
    ["another account's mail", () => ({ accountId: crypto.randomUUID() })],
    ["no ids of ours", () => ({ mailId: "x'; drop table emails" })],
  ])("%s is taken and passed over", async (_, wish) => {
    expect(await tell("email.bounced", wish())).toBe("taken");
    expect(await book()`select from mail_events`).toEqual([]);
    expect(await stamps()).toMatchObject({ bounced: false });
  });
});

test("told before the provider's answer came: the answer changes nothing of it", async () => {
  const { stub, transport } = await withResend();
  const batch = await claim(transport);
  await tell("email.delivered");
  expect(await stamps()).toMatchObject({ delivered: true, state: "sending" });
  await sendBatch({ transport, stationery }, batch, 0);
  expect(await stamps()).toMatchObject({ delivered: true, state: "sent" });
  expect(stub.summary()).toMatchObject({ accepted: 3, duplicates: 0 });
});

test("a failure that is told before the provider's answer came counts once it has come", async () => {
  const { stub, transport } = await withResend();
  stub.script({ status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 }, { lose: "after" });
  const earlier = await claim(transport);
  await tell("email.failed");
  await sendBatch({ transport, stationery }, earlier, 0);
  expect(await states()).toEqual({ queued: 3 });
  await expireWaits();
  const batch = await claim(transport);
  await tell("email.failed");
  expect(await stamps()).toMatchObject({ state: "sending" });
  await sendBatch({ transport, stationery }, batch, 0);
  expect(await states()).toEqual({ sending: 3 });
  await pumpToTheEnd(transport);
  expect(await stamps()).toMatchObject({ state: "failed" });
  expect(await states()).toEqual({ sent: 2, failed: 1 });
  expect(await book()`select error from emails where error is not null`).toEqual([
    { error: "the provider could not send it" },
  ]);
  expect(await book()`select queued, sent, failed from run_mail_counts`).toEqual([
    { queued: 0, sent: 2, failed: 1 },
  ]);
  expect(await day()).toMatchObject({ sent: 3 });
  expect(stub.summary()).toMatchObject({ accepted: 3, duplicates: 0 });
});

test("a failure that was told of an attempt that was not taken is none of the next", async () => {
  const { stub, transport } = await withResend();
  stub.script({ status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 });
  const earlier = await claim(transport);
  await tell("email.failed");
  await sendBatch({ transport, stationery }, earlier, 0);
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ sent: 3 });
});

test("a mail of which nobody knew is sent after all, once the provider tells of it; also when it was to be sent again", async () => {
  const { stub, transport } = await withResend();
  stub.script({ lose: "after" });
  await pump(transport);
  stub.forgetKeys();
  await book()`update emails set first_attempt_at = now() - interval '23 hours 1 minute'`;
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ unknown: 3 });
  await tell("email.delivered");
  const [other] = await book()`select id from emails where id <> ${mailId} order by id`;
  await book()`update emails set state = 'queued' where id = ${other?.id}`;
  await book()`update run_mail_counts set unknown = unknown - 1, queued = queued + 1`;
  mailId = other?.id;
  await tell("email.delivered");
  await pumpToTheEnd(transport);
  expect(await states()).toEqual({ sent: 2, unknown: 1 });
  expect(stub.summary().duplicates).toBe(0);
  expect(await book()`select queued, sent, unknown from run_mail_counts`).toEqual([
    { queued: 0, sent: 2, unknown: 1 },
  ]);
});
