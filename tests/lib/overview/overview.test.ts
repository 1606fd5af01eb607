import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { countSeats } from "#lib/overview/count-seats.ts";
import { type Funnel, readFunnel } from "#lib/overview/read-funnel.ts";
import { readMailHealth } from "#lib/overview/read-mail-health.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";

let roster: Roster;

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const funnel = () => roster.as("app", () => readFunnel(roster.actor));
const mail = () => roster.as("app", () => readMailHealth(roster.actor));
const seats = () => roster.as("app", () => countSeats(roster.actor));
const nothing = { invited: 0, delivered: 0, opened: 0, joined: 0 };
const steps = ({ weeks }: Funnel) => weeks.map(({ week: _, ...counts }) => counts);

test("an account where nobody was invited has twelve empty weeks, the last the one of today", async () => {
  const { weeks, total, capped } = await funnel();
  expect([weeks.length, total, capped]).toEqual([12, nothing, false]);
  expect(new Set(weeks.map(({ week }) => week.getUTCDay()))).toEqual(new Set([1]));
  const today = Date.now() - (weeks.at(-1)?.week.getTime() ?? 0);
  expect(today).toBeGreaterThanOrEqual(0);
  expect(today).toBeLessThan(7 * 86_400_000);
  expect(await mail()).toEqual({ waiting: 0, oldestWaiting: null, failed: 0, unknown: 0 });
});

describe("with people who were invited", () => {
  const names = ["ann", "bob", "cat", "dan"];
  const invitation = (name: string) =>
    roster.sql`email = ${roster.address(name)} and account_id = ${roster.acme.id}`;

  beforeAll(async () => {
    await roster.import(names.map((name) => ({ email: roster.address(name), asked: "new" })));
  });

  test("they wait in the outbox, and are invited but not delivered", async () => {
    const { total, weeks } = await funnel();
    expect(total).toEqual({ ...nothing, invited: 4 });
    expect(weeks.at(-1)).toMatchObject({ invited: 4 });
    const health = await mail();
    expect(health).toMatchObject({ waiting: 4, failed: 0, unknown: 0 });
    expect(Date.now() - (health.oldestWaiting?.getTime() ?? 0)).toBeLessThan(60_000);
  });

  test("a mail for one person waits as well", async () => {
    await roster.sql`insert into emails (account_id, key, kind, recipient, subject_id, priority, created_at)
      values (${roster.acme.id}, 'one', 'sign_in_link', 'a@acme.test', uuid_v7(), 0, now() - interval '1 day')`;
    const health = await mail();
    expect(health.waiting).toBe(5);
    expect(Date.now() - (health.oldestWaiting?.getTime() ?? 0)).toBeGreaterThan(86_000_000);
    await roster.sql`delete from emails where key = 'one'`;
  });

  test("delivered, opened and joined are told in their weeks", async () => {
    await roster.sql`update run_mail_counts set queued = 0, sent = 2, in_local_mailbox = 1, failed = 1`;
    await roster.sql`update invitations set opened_at = now() - interval '7 days' where ${invitation("ann")}`;
    await roster.sql`update invitations set opened_at = now(), state = 'accepted', ended_at = now() where ${invitation("bob")}`;
    await roster.sql`update invitations set opened_at = now() - interval '100 days' where ${invitation("cat")}`;
    const told = await funnel();
    expect(told.total).toEqual({ invited: 4, delivered: 3, opened: 2, joined: 1 });
    expect(steps(told).at(-1)).toEqual({ invited: 4, delivered: 3, opened: 1, joined: 1 });
    expect(steps(told).at(-2)).toEqual({ ...nothing, opened: 1 });
    expect(await mail()).toMatchObject({ waiting: 0, oldestWaiting: null });
  });

  test("what failed is told for a day, by what was written down", async () => {
    const event = (action: string, mails: number, id = roster.sql`uuid_v7()`) => roster.sql`
      insert into audit_events (account_id, id, actor_kind, actor_name, action, details)
      values (${roster.acme.id}, ${id}, 'system', 'mail', ${action}, ${roster.sql.json({ mails })})`;
    await event("mail.failed", 3);
    await event("mail.failed", 4);
    await event("mail.unknown", 5);
    await event("mail.unknown", 100, roster.sql`uuid_v7_floor(now() - interval '25 hours')`);
    expect(await mail()).toMatchObject({ failed: 7, unknown: 5 });
  });
});

test("seats taken are people who are managed", async () => {
  expect(await seats()).toEqual({ taken: { count: 0, capped: false }, limit: null });
  await roster.sql`update accounts set seat_limit = 3 where id = ${roster.acme.id}`;
  await roster.sql`update users set managed = true where account_id = ${roster.acme.id} and id = ${roster.acme.owner.id}`;
  expect(await seats()).toEqual({ taken: { count: 1, capped: false }, limit: 3 });
});

test("of what is opened in a week as much is counted as lists tell exactly", async () => {
  await roster.sql`insert into invitations (account_id, user_id, email, source, expires_at, opened_at, state)
    select ${roster.acme.id}, uuid_v7(), 'p' || n || '@many.test', 'import', now(), now(), 'revoked' from generate_series(1, 10050) n`;
  const told = await funnel();
  expect([told.capped, steps(told).at(-1)?.opened]).toEqual([true, 10_000]);
});

test("another account has none of it, and who may not see users is refused", async () => {
  const stranger: UserActor = { ...roster.actor, accountId: "0190a000-0000-7000-8000-000000000001" };
  await roster.sql`insert into accounts (id, slug, name) values (${stranger.accountId}, 'stranger', 'Stranger')`;
  await roster.as("app", async () => {
    expect((await readFunnel(stranger)).total).toEqual(nothing);
    expect(await readMailHealth(stranger)).toMatchObject({ waiting: 0, failed: 0, unknown: 0 });
    expect(await countSeats(stranger)).toEqual({ taken: { count: 0, capped: false }, limit: null });
  });
  const helper: UserActor = { ...roster.actor, privileges: new Set(["audit", "enrollment.import"]) };
  await roster.as("app", async () => {
    await expect(readFunnel(helper)).rejects.toThrow("not allowed");
    await expect(readMailHealth(helper)).rejects.toThrow("not allowed");
    await expect(countSeats(helper)).rejects.toThrow("not allowed");
  });
});
