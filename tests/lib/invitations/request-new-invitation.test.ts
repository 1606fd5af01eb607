import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { requestNewInvitation } from "#lib/invitations/request-new-invitation.ts";
import { type Invited, openInvited, visitor, type World } from "./invited.ts";

let world: World;

beforeAll(async () => {
  world = await openInvited();
});

afterAll(() => world.end());

const ask = (address: string) => world.asApp(() => requestNewInvitation(address, visitor));
const invitation = (bo: Invited, what: string) =>
  world.sql.unsafe(`update invitations set ${what} where id = '${bo.id}'`);
const mails = async () => (await world.sql`select key from emails order by id`).map(({ key }) => key);

describe("the invitation is mailed anew, with a link that works, where", () => {
  test.each([
    ["it is open", "state = 'open'"],
    ["its time is over", "expires_at = now() - interval '1 day'"],
    ["it is marked as expired", "state = 'expired', ended_at = now()"],
    ["it was sent again 11 minutes ago", "resent_at = now() - interval '11 minutes'"],
  ])("%s", async (_, what) => {
    const bo = await world.invited();
    await invitation(bo, `language = 'de', ${what}`);
    await world.sql`update accounts set invitation_days = 7 where id = ${world.acme.id}`;
    await ask(` ${bo.email.toUpperCase()} `);
    const now = await world.invitation(bo.id);
    expect(now).toMatchObject({ state: "open", generation: 2, ended_at: null });
    expect(now.expires_at - now.resent_at).toBe(7 * 24 * 60 * 60_000);
    expect(await world.mailOf(bo.id)).toMatchObject({
      key: `invitation:${bo.id}:2`,
      kind: "invitation",
      recipient: bo.email,
      generation: 2,
      language: "de",
      state: "queued",
      priority: 1,
    });
    const [event] =
      await world.sql`select action, actor_kind, ip from audit_events where subject_id = ${bo.userId}`;
    expect(event).toEqual({ action: "invitation.requested_again", actor_kind: "system", ip: visitor.ip });
    expect(await world.find(bo.mailed)).toEqual({ isOpen: false, joined: null });
    expect(await world.find(bo.copied)).toMatchObject({ isOpen: true });
    expect(await world.accept(await world.press(world.mailed(bo.id, 2)))).toMatchObject({ next: "session" });
  });
});

describe("nothing at all happens where", () => {
  const person = (bo: Invited, what: string) =>
    world.sql.unsafe(`update users set ${what} where id = '${bo.userId}'`);
  const cases: [string, (bo: Invited) => Promise<unknown>][] = [
    ["it was revoked", (bo) => invitation(bo, "state = 'revoked'")],
    ["it was sent again 9 minutes ago", (bo) => invitation(bo, "resent_at = now() - interval '9 minutes'")],
    ["the person is suspended", (bo) => person(bo, "status = 'suspended'")],
    ["the person is deleted", (bo) => person(bo, "status = 'deleted'")],
    ["the person is not invited", (bo) => person(bo, "status = 'not_invited'")],
    [
      "mail to the address bounces",
      (bo) => world.sql`insert into suppressed_addresses (account_id, email_norm, reason)
        values (${world.acme.id}, ${bo.email}, 'bounced')`,
    ],
    [
      "the domain is not the account's any more",
      (
        bo,
      ) => world.sql`with person as (update users set email = ${`x.${bo.userId}@elsewhere.test`} where id = ${bo.userId})
        update invitations set email = ${`x.${bo.userId}@elsewhere.test`} where id = ${bo.id}`,
    ],
    [
      "a later one was revoked",
      async (bo) => {
        await invitation(bo, "state = 'expired'");
        await world.sql`insert into invitations (account_id, user_id, email, source, expires_at, state)
          select account_id, user_id, email, source, now() + interval '1 day', 'revoked' from invitations where id = ${bo.id}`;
      },
    ],
    [
      "it was mailed five times today",
      async (bo) => {
        await invitation(bo, "generation = 6, resent_at = now() - interval '1 hour'");
        await world.sql`insert into emails (account_id, key, kind, recipient, subject_id)
          select ${world.acme.id}, 'invitation:' || ${bo.id}::text || ':' || g, 'invitation', ${bo.email}, ${bo.id}
          from generate_series(2, 6) g`;
      },
    ],
  ];

  test.each(cases)("%s", async (_, change) => {
    const bo = await world.invited();
    await change(bo);
    const before = await world.everything();
    await ask((await world.invitation(bo.id)).email);
    expect(await world.everything()).toEqual(before);
  });

  test("the account is suspended", async () => {
    const al = await world.invited(world.other);
    await world.sql`update accounts set suspended_at = now() where id = ${world.other.id}`;
    const before = await world.everything();
    await ask(al.email);
    expect(await world.everything()).toEqual(before);
    await world.sql`update accounts set suspended_at = null where id = ${world.other.id}`;
  });

  test.each([
    "nobody@nowhere.test",
    "",
    "x",
    "a@b@c",
    "%",
    "'; drop table users; --",
    "é@acme.test",
    "a@acme.test\r\nBcc: b@acme.test",
    `${"a".repeat(300)}@x.test`,
  ])("nobody has the address %j", async (address) => {
    const before = await world.everything();
    await ask(address);
    expect(await world.everything()).toEqual(before);
  });
});

test("four of a day do not keep the fifth away, and yesterday's do not count", async () => {
  const bo = await world.invited();
  await invitation(bo, "generation = 6, resent_at = now() - interval '1 hour'");
  await world.sql`insert into emails (account_id, key, kind, recipient, subject_id, created_at)
    select ${world.acme.id}, 'invitation:' || ${bo.id}::text || ':' || g, 'invitation', ${bo.email}, ${bo.id},
      now() - case g when 2 then interval '25 hours' else interval '1 hour' end
    from generate_series(2, 6) g`;
  await ask(bo.email);
  expect((await world.invitation(bo.id)).generation).toBe(7);
});

test("of fifty who ask at once one is mailed", async () => {
  const bo = await world.invited();
  const before = await mails();
  await Promise.all(Array.from({ length: 50 }, () => ask(bo.email)));
  expect((await mails()).slice(before.length)).toEqual([`invitation:${bo.id}:2`]);
});

test("whoever has joined gets a link to sign in", async () => {
  for (const status of ["active", "signed_up"]) {
    const id = await world.person({ status });
    await ask((await world.row(id)).email);
    const [token] = await world.sql`select id from sign_in_tokens where user_id = ${id}`;
    expect(await world.mailOf(token?.id)).toMatchObject({ kind: "sign_in_link" });
  }
});

test("an address that two accounts invited hears of the one whose domain it is", async () => {
  const [bo, al] = [await world.invited(), await world.invited(world.other)];
  await world.sql`update users set email = ${bo.email} where id = ${al.userId}`;
  await world.sql`update invitations set email = ${bo.email} where id = ${al.id}`;
  const before = await mails();
  await ask(bo.email);
  expect((await mails()).slice(before.length)).toEqual([`invitation:${bo.id}:2`]);
});
