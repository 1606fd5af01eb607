import { expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { allowMail } from "#lib/mail/allow-mail.ts";
import { decideMails } from "#lib/mail/decide-mails.ts";
import { listUnknownMails } from "#lib/mail/list-unknown-mails.ts";
import { pump, pumpHarness } from "./pump-harness.ts";

const { book, seed, states, withResend } = pumpHarness();

const actorOf = (accountId: string): UserActor => ({
  kind: "user",
  accountId,
  accountSlug: "acme",
  accountName: "Acme",
  userId: "01a19467-e800-7000-8000-000000000000",
  userName: "Dana Cole",
  userEmail: "dana@acme.test",
  sessionId: "01a19467-e800-7000-8000-000000000001",
  privileges: new Set(["enrollment.invite"] as const),
  isAdmin: true,
  isOwner: false,
});

async function inDoubt(mails: number) {
  const [accountId = ""] = await seed({ mails, run: true });
  await book()`update emails set state = 'unknown', batch_id = uuid_v7(), attempts = 3, error = 'no answer',
    first_attempt_at = now() - interval '1 day' where account_id = ${accountId}`;
  await book()`update run_mail_counts set queued = 0, unknown = ${mails} where account_id = ${accountId}`;
  return actorOf(accountId);
}
const counts = () => book()`select queued, sent, unknown, withdrawn from run_mail_counts`;

test("all of them are listed, page by page, the other account's are not", async () => {
  const actor = await inDoubt(120);
  await inDoubt(3);
  const seen: string[] = [];
  let after: string | undefined;
  for (let next: string | null = ""; next !== null; after = next ?? undefined) {
    const page = await listUnknownMails(actor, { after });
    expect(page.matching).toEqual({ count: 120, capped: false });
    seen.push(...page.mails.map((mail) => mail.recipient));
    next = page.next;
  }
  expect(new Set(seen).size).toBe(120);
  expect((await listUnknownMails(actor)).mails[0]).toMatchObject({
    kind: "invitation",
    error: "no answer",
  });
});

test("sent again it goes out under a new key, once, whoever decides at the same time", async () => {
  const actor = await inDoubt(2);
  const { mails } = await listUnknownMails(actor);
  const ids = [mails[0]?.id ?? ""];
  const results = await Promise.all([1, 2, 3].map(() => decideMails(actor, { ids, decision: "send_again" })));
  expect(results.filter((result) => result.ok)).toEqual([{ ok: true, mails: 1 }]);
  const { stub, transport } = await withResend();
  await pump(transport);
  expect(stub.summary()).toMatchObject({ accepted: 1, withoutKey: 0 });
  expect(await states()).toEqual({ sent: 1, unknown: 1 });
  expect(await counts()).toEqual([{ queued: 0, sent: 1, unknown: 1, withdrawn: 0 }]);
});

test("left, it ends with who left it, and is not sent", async () => {
  const actor = await inDoubt(3);
  expect(await decideMails(actor, { ids: "all", decision: "leave" })).toEqual({ ok: true, mails: 3 });
  expect(await decideMails(actor, { ids: "all", decision: "leave" })).toEqual({
    ok: false,
    reason: "nothing_to_decide",
  });
  const [mail] = await book()`select distinct state, error from emails`;
  expect(mail).toEqual({ state: "withdrawn", error: "left as it is by Dana Cole" });
  expect(await counts()).toEqual([{ queued: 0, sent: 0, unknown: 0, withdrawn: 3 }]);
  const told = await book()`select action, details from audit_events where account_id = ${actor.accountId}`;
  expect([...told]).toMatchObject([{ action: "mail.left", details: { mails: 3 } }]);
});

test("nobody decides about another account's, nor about what is not in doubt", async () => {
  const mine = await inDoubt(1);
  const theirs = await inDoubt(1);
  const { mails } = await listUnknownMails(theirs);
  const ids = [mails[0]?.id ?? ""];
  expect(await decideMails(mine, { ids, decision: "leave" })).toMatchObject({ ok: false });
  await book()`update emails set state = 'sent'`;
  expect(await decideMails(theirs, { ids, decision: "send_again" })).toMatchObject({ ok: false });
  expect(await states()).toEqual({ sent: 2 });
});

test("an address that bounced gets mail again once somebody allows it", async () => {
  const [accountId = ""] = await seed({ mails: 2 });
  const actor = actorOf(accountId);
  const [user] = await book()`update users set email_validation = 'bounced', status = 'active'
    where account_id = ${accountId} and email = 'a0.p1@acme.test' returning id`;
  await book()`insert into suppressed_addresses (account_id, email_norm, reason) values (${accountId}, 'a0.p1@acme.test', 'bounced')`;
  expect(await allowMail(actor, user?.id)).toEqual({ ok: true, address: "a0.p1@acme.test" });
  expect(await allowMail(actor, user?.id)).toEqual({ ok: false, reason: "not_suppressed" });
  expect(await allowMail(actorOf((await seed({ mails: 0 }))[0] ?? ""), user?.id)).toEqual({
    ok: false,
    reason: "not_found",
  });
  const [now] = await book()`select email_validation from users where id = ${user?.id}`;
  expect(now).toEqual({ email_validation: "validated" });
  const { transport } = await withResend();
  await pump(transport);
  expect(await states()).toEqual({ sent: 2 });
});
