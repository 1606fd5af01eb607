import { beforeEach, describe, expect, test } from "vitest";
import { runInvitationDates } from "#lib/mail/run-invitation-dates.ts";
import { stopReminders } from "#lib/mail/stop-reminders.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { pump, pumpHarness, stationery } from "./pump-harness.ts";

const { book, seed, states, withResend } = pumpHarness();
let accountId: string;

/** Invited `days` ago, and mailed then. */
async function invited(mails: number, days = 4) {
  [accountId = ""] = await seed({ mails });
  await book()`update emails set state = 'sent', sent_at = now() - make_interval(days => ${days})`;
  await book()`update invitations set created_at = now() - make_interval(days => ${days}),
    expires_at = now() - make_interval(days => ${days}) + interval '14 days'`;
}
const reminders = () => book()`
  select e.recipient, e.key = 'reminder:' || i.id || ':1' as keyed, e.priority, e.state from emails e
  join invitations i on i.id = e.subject_id where e.kind = 'reminder' order by i.id`;

beforeEach(async () => {
  await book()`delete from accounts a where not exists (select from users u where u.account_id = a.id)`;
});

test("each that nobody followed is reminded of once, by two workers at once and again and again", async () => {
  await invited(25);
  const done = await Promise.all([runInvitationDates(), runInvitationDates(), runInvitationDates()]);
  expect(done.reduce((sum, each) => sum + each.reminded, 0)).toBe(25);
  expect(await runInvitationDates()).toEqual({ expired: 0, reminded: 0 });
  const written = await reminders();
  expect(written.length).toBe(25);
  // One more in the same account brings nobody else's again.
  await book()`delete from emails where kind = 'reminder' and recipient = 'a0.p3@acme.test'`;
  await book()`update invitations set reminded_at = null where email = 'a0.p3@acme.test'`;
  expect(await runInvitationDates()).toEqual({ expired: 0, reminded: 1 });
  expect(written[0]).toEqual({ recipient: "a0.p1@acme.test", keyed: true, priority: 1, state: "queued" });
  const told = await book()`select sum((details->>'invitations')::int)::int as n from audit_events
    where account_id = ${accountId} and action = 'invitations.reminded'`;
  expect(told[0]).toEqual({ n: 26 });
});

const mailOf = (change: string) => `update emails set ${change} where recipient = 'a0.p1@acme.test'`;
const invitationOf = (change: string) => `update invitations set ${change} where email = 'a0.p1@acme.test'`;

test.each([
  ["its mail was not sent yet", mailOf("state = 'queued', sent_at = null")],
  ["nobody knows whether its mail was sent", mailOf("state = 'unknown', sent_at = null")],
  ["its mail went out only yesterday", mailOf("sent_at = now() - interval '1 day'")],
  ["its mail bounced", mailOf("bounced_at = now()")],
  ["its mail was marked as spam", mailOf("complained_at = now()")],
  ["it was accepted", invitationOf("state = 'accepted'")],
  ["it was revoked", invitationOf("state = 'revoked'")],
  ["it was mailed anew, and that has not gone out", invitationOf("generation = 2, resent_at = now()")],
  ["the person wants none", invitationOf("reminders_stopped_at = now()")],
  ["less than a day is left", invitationOf("expires_at = now() + interval '23 hours'")],
  ["mails to the person are paused", "update users set mails_paused = true where email = 'a0.p1@acme.test'"],
  [
    "the address is suppressed",
    "insert into suppressed_addresses (account_id, email_norm, reason) select id, 'a0.p1@acme.test', 'bounced' from accounts",
  ],
])("not when %s", async (_, change) => {
  await invited(2);
  await book().unsafe(change);
  await runInvitationDates();
  expect((await reminders()).map((row) => row.recipient)).toEqual(["a0.p2@acme.test"]);
});

test.each([
  ["is suspended", "suspended_at = now()"],
  ["has its mails stopped", "mail_stopped_at = now()"],
  ["wants no reminders", "reminder_days = null"],
  ["wants them later", "reminder_days = 5"],
])("nobody is reminded when the account %s", async (_, change) => {
  await invited(2);
  await book().unsafe(`update accounts set ${change}`);
  expect(await runInvitationDates()).toEqual({ expired: 0, reminded: 0 });
});

test("what ran out is expired, with an audit event a batch, also of a suspended account", async () => {
  await invited(3, 15);
  await book()`update invitations set expires_at = now() + interval '1 hour' where email = 'a0.p3@acme.test'`;
  await book()`update accounts set suspended_at = now() where id = ${accountId}`;
  expect(await runInvitationDates()).toEqual({ expired: 2, reminded: 0 });
  const rows =
    await book()`select state, ended_at = expires_at as at_its_time from invitations order by email`;
  expect(rows.map((row) => row.state)).toEqual(["expired", "expired", "open"]);
  expect(rows[0]?.at_its_time).toBe(true);
  const told =
    await book()`select details from audit_events where account_id = ${accountId} and action = 'invitations.expired'`;
  expect([...told]).toMatchObject([{ details: { invitations: 2, sha256: expect.any(String) } }]);
});

describe("several accounts take turns", () => {
  let accounts: string[];
  const remindedIn = async (id: string | undefined) =>
    (await book()`select from emails where kind = 'reminder' and account_id = ${id ?? null}`).length;

  beforeEach(async () => {
    accounts = await seed({ accounts: 3, mails: 30 });
    await book()`update emails set state = 'sent', sent_at = now() - interval '4 days'`;
    await book()`update invitations set created_at = now() - interval '4 days', expires_at = now() + interval '9 days'`;
  });

  const sweep = () => runInvitationDates({ mostMs: 20_000, atOnce: 4 });

  test("a batch each, so that none waits for the end of another", async () => {
    await sweep();
    const order = await book()`select account_id from audit_events where action = 'invitations.reminded'
      and account_id = any (${accounts}) order by at, id`;
    const rounds = order.map(({ account_id: id }) => id);
    expect(rounds.length).toBe(9);
    expect(new Set(rounds.slice(0, 3)).size).toBe(3);
    expect(rounds.slice(3, 6)).toEqual(rounds.slice(0, 3));
  });

  test("and not always the same first: one that is never done with keeps nobody else from theirs", async () => {
    // Nothing of the first goes out, so that it is looked at again and again.
    await book()`update emails set state = 'unknown', sent_at = null where account_id = ${accounts[0] ?? null}`;
    for (let sweeps = 0; sweeps < 300; sweeps += 1) await runInvitationDates({ mostMs: 1, atOnce: 4 });
    for (const id of accounts.slice(1)) expect(await remindedIn(id)).toBe(10);
  });

  test("and where one fails, the others have theirs before it is told", async () => {
    await book().unsafe(`create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$;
      create trigger fails before insert on emails for each row when (new.account_id = '${accounts[1]}') execute function fail()`);
    await expect(sweep()).rejects.toThrow();
    await book().unsafe("drop trigger fails on emails; drop function fail()");
    expect(await Promise.all(accounts.map(remindedIn))).toEqual([10, 0, 10]);
  });
});

describe("declining reminders", () => {
  const token = async () => {
    const [row] = await book()`select id from invitations where email = 'a0.p1@acme.test'`;
    return mintLinkToken(stationery.tokenKey, "unsubscribe", row?.id);
  };
  const stopped = () => book()`select email from invitations where reminders_stopped_at is not null`;

  test("the link takes back the one that waits and keeps the invitation open, once", async () => {
    await invited(2);
    await runInvitationDates();
    expect(await stopReminders(stationery.tokenKey, await token())).toBe(true);
    expect(await stopReminders(stationery.tokenKey, await token())).toBe(true);
    expect((await reminders()).map((row) => row.state)).toEqual(["withdrawn", "queued"]);
    expect([...(await stopped())]).toEqual([{ email: "a0.p1@acme.test" }]);
    const told =
      await book()`select from audit_events where action = 'invitation.reminders_stopped' and account_id = ${accountId}`;
    expect(told.length).toBe(1);
  });

  test("the link does so in an account that is suspended", async () => {
    await invited(1);
    await runInvitationDates();
    await book()`update accounts set suspended_at = now() where id = ${accountId}`;
    await stopReminders(stationery.tokenKey, await token());
    expect([...(await stopped())]).toEqual([{ email: "a0.p1@acme.test" }]);
    expect((await reminders()).map((row) => row.state)).toEqual(["withdrawn"]);
  });

  test("no other link does", async () => {
    await invited(1);
    const [row] = await book()`select id from invitations`;
    const good = await token();
    for (const wrong of [
      "",
      "nonsense",
      good.slice(0, -2),
      `${good}A`,
      mintLinkToken(stationery.tokenKey, "join", row?.id, "mail:1"),
      mintLinkToken(Buffer.alloc(32, 1).toString("base64"), "unsubscribe", row?.id),
    ])
      expect(await stopReminders(stationery.tokenKey, wrong)).toBe(false);
    await stopReminders(
      stationery.tokenKey,
      mintLinkToken(stationery.tokenKey, "unsubscribe", crypto.randomUUID()),
    );
    expect([...(await stopped())]).toEqual([]);
  });

  test("a reminder claimed just before is withdrawn by the pump", async () => {
    await invited(1);
    await runInvitationDates();
    await book()`update invitations set reminders_stopped_at = now()`;
    const { transport } = await withResend();
    await pump(transport);
    expect(await states()).toEqual({ sent: 1, withdrawn: 1 });
  });
});
