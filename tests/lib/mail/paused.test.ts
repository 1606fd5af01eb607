import { expect, test } from "vitest";
import { sendBatch } from "#lib/mail/pump/send-batch.ts";
import { claim, pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, expireWaits, seed, states, withSmtp } = pumpHarness();

async function paused(): Promise<string> {
  const [accountId] = await seed({ mails: 3, run: true });
  await book()`update users set mails_paused = true where account_id = ${accountId ?? ""} and email = 'a0.p2@acme.test'`;
  // Another account's person of the same address gets theirs.
  await book()`insert into accounts (slug, name) values ('twin-' || substr(md5(random()::text), 1, 8), 'Twin')`;
  await book()`insert into users (account_id, email, status, source, mails_paused)
    select id, 'a0.p1@acme.test', 'invited', 'import', true from accounts where name = 'Twin' order by id desc limit 1`;
  return accountId ?? "";
}

const waiting = () => book()`
  select recipient, next_attempt_at > now() + interval '50 minutes' as later, error, batch_id from emails where state = 'queued'`;

test("what goes to somebody paused waits, in any letter case, and the others' go out", async () => {
  await paused();
  await book()`update emails set recipient = 'A0.P2@acme.test' where recipient = 'a0.p2@acme.test'`;
  const { sink, transport } = await withSmtp();
  await pump(transport);
  expect(await states()).toEqual({ sent: 2, queued: 1 });
  expect(sink.received).toHaveLength(2);
  expect(await waiting()).toMatchObject([
    { recipient: "A0.P2@acme.test", later: true, error: "mails to this person are paused", batch_id: null },
  ]);
  const [counts] = await book()`select queued, sent, withdrawn from run_mail_counts`;
  expect(counts).toEqual({ queued: 1, sent: 2, withdrawn: 0 });
});

test("it goes when they are resumed, once; looked at meanwhile it only waits on", async () => {
  await paused();
  const { sink, transport } = await withSmtp();
  for (let round = 0; round < 3; round += 1) {
    await pump(transport);
    await expireWaits();
  }
  expect(await states()).toEqual({ sent: 2, queued: 1 });
  await book()`update users set mails_paused = false`;
  await pump(transport);
  expect(await states()).toEqual({ sent: 3 });
  expect(sink.received).toHaveLength(3);
  expect(sink.duplicates()).toBe(0);
});

test("a link that signs in goes out all the same", async () => {
  const accountId = await paused();
  await book()`
    with token as (
      insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      select account_id, id, 'email_link', now() + interval '15 minutes' from users
      where account_id = ${accountId} and mails_paused returning id)
    insert into emails (account_id, key, kind, recipient, subject_id)
    select ${accountId}, 'sign_in_link:' || id, 'sign_in_link', 'a0.p2@acme.test', id from token`;
  const { transport } = await withSmtp();
  await pump(transport);
  const sent = await book()`select kind from emails where recipient = 'a0.p2@acme.test' and state = 'sent'`;
  expect(sent).toEqual([{ kind: "sign_in_link" }]);
});

test("what was claimed just before its account was suspended is sent once it is restored", async () => {
  const [accountId] = await seed({ mails: 3, run: true });
  const { sink, transport } = await withSmtp();
  const batch = await claim(transport);
  await book()`update accounts set suspended_at = now() where id = ${accountId ?? ""}`;
  await sendBatch({ transport, stationery }, batch, 0);
  expect(await states()).toEqual({ queued: 3 });
  expect(sink.received).toHaveLength(0);
  await book()`update accounts set suspended_at = null where id = ${accountId ?? ""}`;
  await expireWaits();
  await pump(transport);
  expect(await states()).toEqual({ sent: 3 });
});
