import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOpening } from "#lib/invitations/record-opening.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { completeSso } from "#lib/sign-in/complete-sso.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { listOtherAccounts } from "#lib/sign-in/list-other-accounts.ts";
import { type Invited, openInvited, visitor, type World } from "./invited.ts";

const dead = { ok: false, reason: "dead_link" };
let world: World;

beforeAll(async () => {
  world = await openInvited();
});

afterAll(() => world.end());

const eventsOf = async ({ userId }: Invited) =>
  (await world.sql`select action, actor_kind, ip, details from audit_events
    where subject_id = ${userId} order by id`) as unknown as Record<string, unknown>[];

test("the mailed link makes an active user with a proved address, signed in, and is used up", async () => {
  const bo = await world.invited();
  await world.sql`update invitations set invited_by = ${world.acme.owner.id} where id = ${bo.id}`;
  expect(await world.find(bo.mailed)).toMatchObject({
    isOpen: true,
    channel: "mail",
    email: bo.email,
    inviterName: "Ada Owner",
  });
  const accepted = await world.accept({
    ...(await world.press(bo.mailed)),
    firstName: " Grace\n",
    lastName: "",
  });
  expect(accepted).toMatchObject({ ok: true, next: "session", accountSlug: world.acme.slug });
  expect(await world.row(bo.userId)).toMatchObject({
    status: "active",
    email_validation: "validated",
    first_name: "Grace",
    last_name: null,
    version: 2,
  });
  const invitation = await world.invitation(bo.id);
  expect(invitation).toMatchObject({ state: "accepted", opened_at: invitation.ended_at });
  expect(invitation.ended_at).toBeInstanceOf(Date);
  expect(await world.sql`select method, ip from sessions where user_id = ${bo.userId}`).toEqual([
    { method: "invitation", ip: visitor.ip },
  ]);
  const changes = [
    { field: "status", before: "invited", after: "active" },
    { field: "first_name", before: "Bo", after: "Grace" },
    { field: "last_name", before: "Berg", after: null },
  ];
  const by = { actor_kind: "user", ip: visitor.ip };
  expect(await eventsOf(bo)).toEqual([
    { action: "user.joined", ...by, details: { method: "mailed_link", changes } },
    { action: "session.started", ...by, details: { method: "invitation" } },
  ]);
  for (const token of [bo.mailed, bo.copied])
    expect(await world.find(token)).toMatchObject({
      isOpen: false,
      joined: { userId: bo.userId, accountSlug: world.acme.slug },
    });
  expect(await world.accept({ token: bo.copied, press: "x" })).toEqual(dead);
});

test("whoever joined by a mailed link has proved their address to the switcher of accounts too", async () => {
  const bo = await world.invited();
  await world.sql`insert into users (account_id, email, status, source)
    values (${world.other.id}, ${bo.email}, 'active', 'import')`;
  const accepted = await world.accept(await world.press(bo.mailed));
  const sessionId = accepted.ok && accepted.next === "session" ? accepted.sessionId : "";
  const actor = await world.asApp(() => findActor(sessionId));
  if (!actor) throw new Error("not signed in");
  const others = await world.asApp(() => listOtherAccounts(actor, [sessionId]));
  expect(others.map(({ slug }) => slug)).toEqual([world.other.slug]);
});

test.each(["mailed", "copied"] as const)(
  "of a hundred who press the %s link's button at once one joins",
  async (which) => {
    const bo = await world.invited();
    const pressed = await world.press(bo[which]);
    const answers = await Promise.all(Array.from({ length: 100 }, () => world.accept(pressed)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok)).toEqual(Array(99).fill(dead));
    const joined = (await eventsOf(bo)).filter(({ action }) => action === "user.joined");
    expect(joined).toHaveLength(1);
    const [made] =
      await world.sql`select (select count(*)::int from sessions where user_id = ${bo.userId}) as sessions,
    (select count(*)::int from address_proofs where user_id = ${bo.userId}) as proofs`;
    expect(made).toEqual(which === "mailed" ? { sessions: 1, proofs: 0 } : { sessions: 0, proofs: 1 });
  },
);

test("without the value of its own button nothing is accepted", async () => {
  const [bo, al] = [await world.invited(), await world.invited(world.other)];
  const proof = await world.joinByCopy(await world.invited());
  const others = [
    "",
    "Join",
    bo.mailed,
    (await world.press(bo.copied)).press,
    (await world.press(al.mailed)).press,
    (await world.press(proof, world.findProof)).press,
    mintLinkToken(world.key, "verify", bo.id, `button of ${bo.mailed}`),
  ];
  const before = await world.everything();
  for (const press of others)
    expect(await world.accept({ token: bo.mailed, press })).toEqual({ ok: false, reason: "not_pressed" });
  expect(await world.everything()).toEqual(before);
});

describe("a name", () => {
  test.each([
    ["<b>Ada</b> =1+1", "<b>Ada</b> =1+1"],
    ["\u0627\u0644\u0646\u0648\u0631 👩‍🚀", "\u0627\u0644\u0646\u0648\u0631 👩‍🚀"],
    ["\tGrace\r\nBcc: x@y.test ", "Grace Bcc: x@y.test"],
    ["é".repeat(200), "é".repeat(200)],
    [undefined, "Bo"],
    [" \u200b ", null],
  ])("is stored as data: %j", async (firstName, stored) => {
    const bo = await world.invited();
    expect(await world.accept({ ...(await world.press(bo.mailed)), firstName })).toMatchObject({ ok: true });
    expect((await world.row(bo.userId)).first_name).toBe(stored);
  });

  test.each(["a".repeat(201), "A\u0007", "\u202eadA", "x\u2066y"])("is refused: %j", async (name) => {
    const bo = await world.invited();
    const pressed = await world.press(bo.mailed);
    const before = await world.everything();
    const errors = { firstName: expect.any(String), lastName: expect.any(String) };
    expect(await world.accept({ ...pressed, firstName: name, lastName: name })).toEqual({
      ok: false,
      reason: "invalid",
      errors,
    });
    expect(await world.everything()).toEqual(before);
  });
});

describe("where the account has a sign-in of its own", () => {
  test.each(["mailed", "copied"] as const)(
    "the %s link leads there, and that accepts the invitation",
    async (which) => {
      const [acme, bo] = [world.other, await world.invited(world.other)];
      const connectionId = await world.connect(acme);
      try {
        expect(await world.find(bo[which])).toMatchObject({ isOpen: true, connectionId });
        const pressed = { ...(await world.press(bo[which])), firstName: "Eve" };
        expect(await world.accept(pressed)).toEqual({ ok: true, next: "sso", connectionId });
        expect(await world.row(bo.userId)).toMatchObject({ status: "invited", first_name: "Bo" });
        expect((await world.invitation(bo.id)).opened_at).toBeInstanceOf(Date);
        expect(await world.sql`select from sessions where user_id = ${bo.userId}`).toHaveLength(0);
        const claims = { iss: "https://id.acme.test", sub: bo.id, email: bo.email, email_verified: true };
        const completed = await world.asApp(() => completeSso(connectionId, claims, visitor));
        expect(completed).toMatchObject({ ok: true, joined: true });
        expect(await world.asApp(() => completeSso(connectionId, claims, visitor))).toMatchObject({
          joined: false,
        });
        expect((await world.invitation(bo.id)).state).toBe("accepted");
        expect(await world.row(bo.userId)).toMatchObject({ status: "active", email_validation: "validated" });
        expect(await world.accept(pressed)).toEqual(dead);
      } finally {
        await world.sql`delete from sso_connections where account_id = ${acme.id}`;
      }
    },
  );

  test("owners, other domains, and a sign-in that is switched off are joined by the link", async () => {
    const acme = world.other;
    const [owner, other, off] = [
      await world.invited(acme),
      await world.invited(acme),
      await world.invited(acme),
    ];
    await world.connect(acme);
    await world.sql`insert into role_grants (account_id, role_id, user_id)
      select account_id, id, ${owner.userId} from roles where account_id = ${acme.id} and kind = 'owner'`;
    for (const table of ["users", "invitations"])
      await world.sql`update ${world.sql(table)} set email = 'x@elsewhere.test'
        where ${world.sql(table === "users" ? "id" : "user_id")} = ${other.userId}`;
    const session = { ok: true, next: "session" };
    for (const each of [owner, other])
      expect(await world.accept(await world.press(each.mailed))).toMatchObject(session);
    expect(await world.accept(await world.press(off.mailed))).toMatchObject({ next: "sso" });
    await world.sql`update sso_connections set enabled = false where account_id = ${acme.id}`;
    expect(await world.accept(await world.press(off.mailed))).toMatchObject(session);
    await world.sql`delete from sso_connections where account_id = ${acme.id}`;
  });
});

test("that the page was looked at is told by the page, once, and not by whoever opens the link", async () => {
  const bo = await world.invited();
  for (let look = 0; look < 3; look += 1) await world.find(bo.mailed);
  expect((await world.invitation(bo.id)).opened_at).toBeNull();
  await world.asApp(() => recordOpening(world.key, bo.mailed));
  const first = (await world.invitation(bo.id)).opened_at;
  expect(first).toBeInstanceOf(Date);
  await world.asApp(() => recordOpening(world.key, bo.mailed));
  await world.accept(await world.press(bo.mailed));
  expect((await world.invitation(bo.id)).opened_at).toEqual(first);
});
