import { describe, expect, test, vi } from "vitest";
import { setDailyMails } from "#lib/accounts/set-daily-mails.ts";
import { runReleaseMails } from "#lib/mail/run-release-mails.ts";
import { runSendMail } from "#lib/mail/run-send-mail.ts";
import type { Transport } from "#lib/mail/transport/transport.ts";
import { pumpHarness, stationery } from "./pump-harness.ts";

const { book, expireWaits, seed, states, withResend } = pumpHarness();

const capped = (transport: Transport, dailyCap: number | null) =>
  runSendMail({ transport, stationery, dailyCap });
const sentToday = async () => (await book()`select sent from mail_days order by sent`).map((row) => row.sent);
const days = async () =>
  [
    ...(await book()`
      select (next_attempt_at at time zone 'UTC')::date - (now() at time zone 'UTC')::date as days, count(*)::int as mails,
        min(extract(hour from next_attempt_at at time zone 'UTC'))::int as hour
      from emails where state = 'queued' and waits_for = 'daily_cap' group by 1 order by 1`),
  ].map((row) => ({ ...row }));

describe("a daily cap", () => {
  test("two pumps at once send exactly as many as it allows; the rest waits, a day's worth a day", async () => {
    const [small] = await seed({ mails: 650, run: true });
    await seed({ accounts: 1, mails: 120 });
    const { stub, transport } = await withResend();
    await Promise.all([capped(transport, 250), capped(transport, 250), capped(transport, 250)]);
    expect(await states()).toEqual({ sent: 370, queued: 400 });
    expect(stub.summary()).toMatchObject({ accepted: 370, duplicates: 0 });
    expect(await sentToday()).toEqual([120, 250]);
    expect(await days()).toEqual([
      { days: 1, mails: 250, hour: 0 },
      { days: 2, mails: 150, hour: 0 },
    ]);
    expect(await book()`select queued, sent from run_mail_counts`).toEqual([{ queued: 400, sent: 250 }]);
    expect(await book()`select from emails where attempts > 0 and state = 'queued'`).toEqual([]);

    await setDailyMails(small ?? "", 300);
    expect(await runReleaseMails({ accountId: small ?? "" })).toBe(400);
    await capped(transport, 250);
    expect(await sentToday()).toEqual([120, 300]);
    expect(await days()).toEqual([
      { days: 1, mails: 300, hour: 0 },
      { days: 2, mails: 50, hour: 0 },
    ]);
  });

  test("what comes later queues up behind what waits already", async () => {
    const [accountId = ""] = await seed({ mails: 5 });
    const { transport } = await withResend();
    await capped(transport, 2);
    await book()`insert into emails (account_id, key, kind, recipient, subject_id)
      select account_id, key || 'x', kind, recipient, subject_id from emails where account_id = ${accountId} limit 2`;
    await capped(transport, 2);
    expect((await days()).map((row) => row.mails)).toEqual([2, 2, 1]);
  });

  test("what may go does not wait until the rest is put off", async () => {
    const [accountId = ""] = await seed({ mails: 5 });
    const { stub, transport } = await withResend();
    const pumping = await book().begin(async (tx) => {
      await tx`select pg_advisory_xact_lock(hashtextextended('put-off:' || ${accountId}, 0))`;
      const pumping = capped(transport, 2);
      await vi.waitFor(() => expect(stub.accepted().length).toBe(2), { timeout: 5000 });
      const [waiting] = await tx`select count(*)::int as pumps from pg_locks
        where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      expect(waiting).toEqual({ pumps: 1 });
      return { pumping };
    });
    await pumping.pumping;
    expect(await days()).toEqual([
      { days: 1, mails: 2, hour: 0 },
      { days: 2, mails: 1, hour: 0 },
    ]);
  });

  test("an invitation that waits for a later day is good for all its days from then", async () => {
    await seed({ mails: 6 });
    await book()`update invitations set expires_at = now() + interval '1 hour'`;
    const { transport } = await withResend();
    await capped(transport, 2);
    expect(
      await book()`select e.state, count(*)::int as mails, bool_and(i.expires_at >= e.next_attempt_at + interval '14 days') as kept
        from emails e join invitations i on i.id = e.subject_id group by 1 order by 1`,
    ).toEqual([
      { state: "queued", mails: 4, kept: true },
      { state: "sent", mails: 2, kept: false },
    ]);
  });
});

describe("a daily cap does not count against", () => {
  test("what somebody waits for: it goes all the same", async () => {
    await seed({ mails: 3 });
    await book()`update emails set priority = 0 where recipient <> 'a0.p1@acme.test'`;
    const { transport } = await withResend();
    await capped(transport, 1);
    expect(await states()).toEqual({ sent: 2, queued: 1 });
    expect(await sentToday()).toEqual([2]);
  });

  test("what the provider did not take is given back; what it may have taken is not", async () => {
    await seed({ mails: 10 });
    const { stub, transport } = await withResend();
    stub.script({ status: 429, name: "rate_limit_exceeded", retryAfterSeconds: 1 });
    await capped(transport, 10);
    await expireWaits();
    await capped(transport, 10);
    expect(await states()).toEqual({ sent: 10 });
    expect(await sentToday()).toEqual([10]);

    await seed({ mails: 10 });
    stub.script({ lose: "after" });
    await capped(transport, 10);
    expect(await sentToday()).toEqual([10, 10]);
    await expireWaits();
    await capped(transport, 10);
    expect(await states()).toEqual({ sent: 20 });
    expect(await sentToday()).toEqual([10, 10]);
  });

  test("0 stops bulk mail of one account, and null is no cap at all, whatever the account's is", async () => {
    const [accountId = ""] = await seed({ mails: 4 });
    await setDailyMails(accountId, 0);
    const { transport } = await withResend();
    await capped(transport, 100);
    expect(await states()).toEqual({ queued: 4 });
    expect(await days()).toEqual([{ days: 1, mails: 4, hour: 0 }]);
    await expireWaits();
    await capped(transport, null);
    expect(await states()).toEqual({ sent: 4 });
  });
});

describe("quiet hours", () => {
  const hold = async (quiet: [number, number], zone: string, at: string) => {
    // As the function stands, but at another time.
    const [source] = await book()`select prosrc from pg_proc where proname = 'mail_hold'`;
    const body = String(source?.prosrc).replaceAll("now()", `'${at}'::timestamptz`);
    await book().unsafe(`create or replace function hold_then(a accounts, out why text, out until timestamptz)
      language plpgsql stable as $f$${body}$f$`);
    const [row] = await book()`
      select h.why, h.until from accounts a, lateral hold_then(jsonb_populate_record(a,
        ${book().json({ quiet_from: quiet[0], quiet_to: quiet[1], time_zone: zone, mail_stopped_at: null })})) h limit 1`;
    return row?.why ? (row.until as Date).toISOString() : null;
  };
  const evening: [number, number] = [22 * 60, 6 * 60];

  test.each([
    ["before they begin", evening, "UTC", "2026-11-27T21:59:59Z", null],
    ["when they begin", evening, "UTC", "2026-11-27T22:00:00Z", "2026-11-28T06:00:00.000Z"],
    ["after midnight", evening, "UTC", "2026-11-27T05:59:59Z", "2026-11-27T06:00:00.000Z"],
    ["when they are over", evening, "UTC", "2026-11-27T06:00:00Z", null],
    ["within a day", [720, 780], "UTC", "2026-11-27T12:30:00Z", "2026-11-27T13:00:00.000Z"],
    ["in India", evening, "Asia/Kolkata", "2026-11-27T17:00:00Z", "2026-11-28T00:30:00.000Z"],
    // 29 March 2026: 02:00 becomes 03:00 in Berlin; the night is an hour shorter.
    [
      "as clocks are set forward",
      evening,
      "Europe/Berlin",
      "2026-03-28T21:30:00Z",
      "2026-03-29T04:00:00.000Z",
    ],
    // 25 October 2026: 03:00 becomes 02:00; an hour longer.
    ["as clocks are set back", evening, "Europe/Berlin", "2026-10-24T20:30:00Z", "2026-10-25T05:00:00.000Z"],
    ["of no length", [60, 60], "UTC", "2026-11-27T01:00:00Z", null],
    ["in a zone that nobody knows", evening, "Mars/Olympus", "2026-11-27T23:00:00Z", null],
  ] as const)("%s", async (_, quiet, zone, at, until) => {
    await seed({ mails: 0 });
    expect(await hold([...quiet], zone, at)).toBe(until);
  });

  test("bulk mails wait for their end, two pumps at once; others go, and so do other accounts'", async () => {
    const [quiet = ""] = await seed({ mails: 230 });
    await book()`update accounts set time_zone = 'Asia/Tokyo',
      quiet_from = (extract(hour from now() at time zone 'Asia/Tokyo')::int * 60 + 1439) % 1440,
      quiet_to = (extract(hour from now() at time zone 'Asia/Tokyo')::int * 60 + 120) % 1440 where id = ${quiet}`;
    await book()`update emails set priority = 0 where recipient = 'a0.p7@acme.test'`;
    await seed({ mails: 150 });
    const { transport } = await withResend();
    await Promise.all([capped(transport, null), capped(transport, null)]);
    expect(await states()).toEqual({ sent: 151, queued: 229 });
    const waiting =
      await book()`select distinct waits_for, extract(minute from next_attempt_at)::int as minute,
      next_attempt_at > now() + interval '50 minutes' and next_attempt_at < now() + interval '3 hours' as soon
      from emails where state = 'queued'`;
    expect([...waiting]).toEqual([{ waits_for: "quiet_hours", minute: 0, soon: true }]);
    await book()`update accounts set quiet_from = null`;
    await expireWaits();
    await capped(transport, null);
    expect(await states()).toEqual({ sent: 380 });
    expect(await book()`select from emails where waits_for is not null`).toEqual([]);
  });
});
