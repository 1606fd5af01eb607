import { beforeEach, describe, expect, test } from "vitest";
import { systemActor } from "#lib/authorization/actor.ts";
import { checkBreaker } from "#lib/mail/breaker/check-breaker.ts";
import { putOff } from "#lib/mail/pump/put-off.ts";
import { resumeMail } from "#lib/mail/resume-mail.ts";
import { runReleaseMails } from "#lib/mail/run-release-mails.ts";
import { takeProviderEvent } from "#lib/mail/take-provider-event.ts";
import { runSweep } from "#lib/runs/run-sweep.ts";
import { providerEvent, webhookSecret } from "#tests/support/provider-event.ts";
import { pump, pumpHarness } from "./pump-harness.ts";

const { book, seed, states, withResend } = pumpHarness();
let accountId: string;

beforeEach(async () => {
  [accountId = ""] = await seed({ mails: 6 });
});

const counted = (ago: number, sent: number, bounced: number, complained = 0) => book()`
  insert into mail_days (account_id, day, sent, bounced, complained)
  values (${accountId}, mail_day(now()) - ${ago}::int, ${sent}, ${bounced}, ${complained})`;

describe("of mails within seven days", () => {
  test.each([
    ["49 sent, all came back", [[0, 49, 49]], null],
    ["50 sent, 2 came back", [[0, 50, 2]], null],
    ["60 sent, 3 came back", [[0, 60, 3]], "bounces"],
    [
      "over days",
      [
        [6, 40, 2],
        [1, 20, 1],
      ],
      "bounces",
    ],
    [
      "eight days ago",
      [
        [7, 100, 100],
        [0, 100, 4],
      ],
      null,
    ],
    ["one complaint of ten", [[0, 10, 0, 1]], null],
    ["two complaints of 2,001", [[0, 2001, 0, 2]], null],
    ["two complaints of 2,000", [[0, 2000, 0, 2]], "complaints"],
  ] as const)("%s", async (_, rows, why) => {
    for (const [ago, sent, bounced, complained] of rows as readonly (readonly number[])[])
      await counted(ago ?? 0, sent ?? 0, bounced ?? 0, complained);
    expect((await checkBreaker(accountId))?.why ?? null).toBe(why);
  });
});

test("the bounce that is too many stops bulk mail, once, and tells whoever may let it go on", async () => {
  await book()`with role as (insert into roles (account_id, kind, name) values (${accountId}, 'owner', 'Owner') returning id)
    insert into role_grants (account_id, role_id, user_id) select ${accountId}, role.id, u.id from role, users u
    where u.account_id = ${accountId} and u.email = 'a0.dana@acme.test'`;
  await counted(0, 80, 3);
  const ids = await book()`select id from emails order by id`;
  const bounce = (index: number) =>
    takeProviderEvent(
      webhookSecret,
      providerEvent({ type: "email.bounced", accountId, mailId: ids[index]?.id }),
    );
  await Promise.all([bounce(0), bounce(1)]);
  const [account] =
    await book()`select mail_stopped_because as because from accounts where id = ${accountId}`;
  expect(account).toEqual({ because: "bounces" });
  const told = await book()`select recipient, priority, generation from emails where kind = 'mail_stopped'`;
  expect([...told]).toEqual([{ recipient: "a0.dana@acme.test", priority: 0, generation: 1 }]);
  const events =
    await book()`select details from audit_events where account_id = ${accountId} and action = 'mail.stopped'`;
  expect(events.length).toBe(1);

  const { transport } = await withResend();
  await pump(transport);
  const rows =
    await book()`select state, waits_for, next_attempt_at = 'infinity' as never, count(*)::int as mails
    from emails where kind = 'invitation' group by 1, 2, 3 order by 1, 2`;
  expect([...rows]).toEqual([
    { state: "queued", waits_for: "breaker", never: true, mails: 4 },
    { state: "sent", waits_for: null, never: false, mails: 2 },
  ]);
});

/** Two of the mails are such as somebody waits for, and two more are no invitations. */
async function somebodyWaits(): Promise<void> {
  await book()`update emails set priority = 0 where recipient in ('a0.p1@acme.test', 'a0.p2@acme.test')`;
  await book()`update emails set kind = 'reminder' where recipient = 'a0.p2@acme.test'`;
  await book()`with token as (insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      select account_id, id, 'email_link', now() + interval '1 hour' from users
      where account_id = ${accountId} and email = 'a0.dana@acme.test' returning id),
    run as (insert into runs (account_id, kind, mode, state, requested_by_name, removals)
      values (${accountId}, 'import', 'apply', 'completed', 'Dana Cole', 'waiting') returning id)
    insert into emails (account_id, key, kind, recipient, subject_id, priority)
    select ${accountId}::uuid, 'link', 'sign_in_link', 'a0.dana@acme.test', id, 0 from token union all
    select ${accountId}::uuid, 'run', 'removals_waiting', 'a0.dana@acme.test', id, 0 from run`;
}

const byKind = async () =>
  (
    await book()`select kind, priority, state, waits_for, count(*)::int as mails from emails group by 1, 2, 3, 4 order by 1, 2`
  ).map((row) => ({ ...row }));

test("it holds back invitations and reminders that somebody waits for, and nothing else of theirs", async () => {
  await somebodyWaits();
  await counted(0, 60, 30);
  await checkBreaker(accountId);
  const { transport } = await withResend();
  await pump(transport);
  const held = { state: "queued", waits_for: "breaker" };
  expect(await byKind()).toEqual([
    { kind: "invitation", priority: 0, ...held, mails: 1 },
    { kind: "invitation", priority: 1, ...held, mails: 4 },
    { kind: "reminder", priority: 0, ...held, mails: 1 },
    { kind: "removals_waiting", priority: 0, state: "sent", waits_for: null, mails: 1 },
    { kind: "sign_in_link", priority: 0, state: "sent", waits_for: null, mails: 1 },
  ]);
  expect(await resumeMail(systemActor(accountId, "test"))).toEqual({ ok: true });
  expect(await runReleaseMails({ accountId })).toBe(6);
  await pump(transport);
  expect(await states()).toEqual({ sent: 8 });
});

test("put off in one go are these too, and by the breaker alone", async () => {
  await somebodyWaits();
  await counted(0, 60, 30);
  await checkBreaker(accountId);
  expect(await putOff(accountId, null)).toBe(6);
  await runReleaseMails({ accountId });
  await book()`update accounts set mail_stopped_at = null,
    quiet_from = (extract(hour from now() at time zone 'UTC')::int * 60 + 1439) % 1440,
    quiet_to = (extract(hour from now() at time zone 'UTC')::int * 60 + 120) % 1440 where id = ${accountId}`;
  expect(await putOff(accountId, 0)).toBe(4);
});

test("mails that a pump put off while somebody let them go on are found by the sweep", async () => {
  await counted(0, 60, 30);
  await checkBreaker(accountId);
  const { transport } = await withResend();
  const releasing = async () =>
    (
      await book()`select count(*)::int as jobs from pgboss.job where name = 'release-mails' and data->>'accountId' = ${accountId}`
    )[0]?.jobs;
  await runSweep({ keepRunsMonths: 24 });
  await pump(transport);
  await runSweep({ keepRunsMonths: 24 });
  expect(await releasing()).toBe(0);
  // As the pump leaves it that had looked before.
  await book()`update accounts set mail_stopped_at = null, mail_stopped_because = null`;
  await pump(transport);
  expect(await states()).toEqual({ queued: 6 });
  await runSweep({ keepRunsMonths: 24 });
  expect(await releasing()).toBe(1);
  await runReleaseMails({ accountId });
  await pump(transport);
  expect(await states()).toEqual({ sent: 6 });
});

test("let go on, what waited goes out, and what was counted before does not stop it again", async () => {
  await counted(0, 60, 30);
  await checkBreaker(accountId);
  const { transport } = await withResend();
  await pump(transport);
  expect(await states()).toEqual({ queued: 6 });
  const actor = systemActor(accountId, "test");
  expect(await resumeMail(actor)).toEqual({ ok: true });
  expect(await resumeMail(actor)).toEqual({ ok: false, reason: "not_stopped" });
  expect(await runReleaseMails({ accountId })).toBe(6);
  expect(await checkBreaker(accountId)).toBeNull();
  await pump(transport);
  expect(await states()).toEqual({ sent: 6 });
  await book()`update mail_days set sent = sent + 44, bounced = bounced + 2`;
  expect(await checkBreaker(accountId)).toBeNull();
  await book()`update mail_days set bounced = bounced + 1`;
  expect((await checkBreaker(accountId))?.why).toBe("bounces");
});
