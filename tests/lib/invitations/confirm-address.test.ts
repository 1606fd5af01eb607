import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readLetters } from "#lib/mail/pump/read-letters.ts";
import { renderLetter } from "#lib/mail/pump/render-letter.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { restoreUser } from "#lib/users/restore-user.ts";
import { suspendUser } from "#lib/users/suspend-user.ts";
import { saved } from "../users/edit-form.ts";
import { type Invited, openInvited, visitor, type World } from "./invited.ts";

const dead = { ok: false, reason: "dead_link" };
const deadPage = { isOpen: false, joined: null };
let world: World;

beforeAll(async () => {
  world = await openInvited();
});

afterAll(() => world.end());

const proofIn = async ({ userId }: Invited) =>
  (await world.sql`select id, email from address_proofs where user_id = ${userId}`)[0];
const letter = async (bo: Invited) => {
  const mail = await world.mailOf((await proofIn(bo))?.id);
  const [read] = await world.as("worker", () => readLetters([{ accountId: world.acme.id, id: mail.id }]));
  if (!read) throw new Error("no such mail");
  return read;
};

test("a copied link makes nobody known: no session, a mail to the address, and its link signs in", async () => {
  const bo = await world.invited();
  const joined = await world.accept({ ...(await world.press(bo.copied)), lastName: "Hopper" });
  expect(joined).toEqual({ ok: true, next: "check_mail", email: bo.email });
  const before = { status: "signed_up", email_validation: "pending", last_name: "Hopper" };
  expect(await world.row(bo.userId)).toMatchObject(before);
  expect(await world.lasting(bo.userId)).toEqual([]);
  const proof = await proofIn(bo);
  expect(await world.mailOf(proof?.id)).toMatchObject({
    key: `address_proof:${proof?.id}`,
    kind: "address_proof",
    recipient: bo.email,
    priority: 0,
  });
  const stationery = { baseUrl: "https://rollcall.acme.test", tokenKey: world.key };
  const token = await world.proofOf(bo.userId);
  const read = await letter(bo);
  expect(renderLetter(read, stationery).text).toContain(`https://rollcall.acme.test/verify/${token}\n`);
  expect(await world.findProof(token)).toMatchObject({
    isOpen: true,
    email: bo.email,
    userName: "Bo Hopper",
  });
  const confirmed = await world.confirm(await world.press(token, world.findProof));
  expect(confirmed).toMatchObject({ ok: true, next: "session", accountSlug: world.acme.slug });
  expect(await world.row(bo.userId)).toMatchObject({ status: "active", email_validation: "validated" });
  expect(await world.sql`select method, ip from sessions where user_id = ${bo.userId}`).toEqual([
    { method: "invitation", ip: visitor.ip },
  ]);
  expect((await world.events(bo.userId)).map(({ action, actor_name }) => [action, actor_name])).toEqual([
    ["user.joined", "copied invitation link"],
    ["user.address_confirmed", "Bo Hopper"],
    ["session.started", "Bo Hopper"],
  ]);
  expect(await world.findProof(token)).toMatchObject({ isOpen: false, joined: { userId: bo.userId } });
  expect((await letter(bo)).withdrawn_because).toBe("the link was used");
});

test("of a hundred who confirm at once one is signed in", async () => {
  const bo = await world.invited();
  const pressed = await world.press(await world.joinByCopy(bo), world.findProof);
  const answers = await Promise.all(Array.from({ length: 100 }, () => world.confirm(pressed)));
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter(({ ok }) => !ok)).toEqual(Array(99).fill(dead));
  expect(await world.lasting(bo.userId)).toHaveLength(1);
});

test("without the value of its own button nothing is confirmed", async () => {
  const [bo, al] = [await world.invited(), await world.invited()];
  const token = await world.joinByCopy(bo);
  const theirs = await world.press(await world.joinByCopy(al), world.findProof);
  const before = await world.everything();
  for (const press of ["", token, theirs.press, bo.mailed])
    expect(await world.confirm({ token, press })).toEqual({ ok: false, reason: "not_pressed" });
  expect(await world.everything()).toEqual(before);
});

describe("the link is dead, and nothing changes, where", () => {
  const root = (what: string) => (bo: Invited) => world.sql.unsafe(what.replace("ID", `'${bo.userId}'`));
  const cases: [string, (bo: Invited) => Promise<unknown>][] = [
    ["its time is over", root("update address_proofs set expires_at = now() where user_id = ID")],
    ["the person was suspended", (bo) => world.asApp(() => suspendUser(world.owner, bo.userId))],
    [
      "the person was suspended and is restored",
      async (bo) => {
        await world.asApp(() => suspendUser(world.owner, bo.userId));
        await world.asApp(() => restoreUser(world.owner, bo.userId));
      },
    ],
    ["the person is deleted", root("update users set status = 'deleted' where id = ID")],
    ["the address was changed", (bo) => saved(world, bo.userId, { email: `new.${bo.email}` }, world.owner)],
    [
      "the address was changed and changed back",
      async (bo) => {
        await saved(world, bo.userId, { email: `new.${bo.email}` }, world.owner);
        await saved(world, bo.userId, { email: bo.email }, world.owner);
      },
    ],
  ];

  test.each(cases)("%s", async (_, change) => {
    const bo = await world.invited();
    const pressed = await world.press(await world.joinByCopy(bo), world.findProof);
    await change(bo);
    const before = await world.everything();
    expect([await world.findProof(pressed.token), await world.confirm(pressed)]).toEqual([deadPage, dead]);
    expect(await world.everything()).toEqual(before);
  });

  test("it was made for another purpose, or by nobody", async () => {
    const bo = await world.invited();
    const good = await world.press(await world.joinByCopy(bo), world.findProof);
    const id = (await proofIn(bo))?.id;
    const before = await world.everything();
    for (const token of [
      mintLinkToken(world.key, "join", id, "copy"),
      mintLinkToken(world.key, "verify", id, "copy"),
      mintLinkToken(world.key, "verify", bo.id),
      good.press,
      "none",
    ]) {
      expect(await world.findProof(token)).toEqual(deadPage);
      expect(await world.confirm({ ...good, token })).toEqual(dead);
    }
    expect(await world.everything()).toEqual(before);
  });
});

test("mail that waits for somebody who is suspended, or has another address, is taken back", async () => {
  const [bo, al] = [await world.invited(), await world.invited()];
  for (const each of [bo, al]) await world.joinByCopy(each);
  await world.asApp(() => suspendUser(world.owner, bo.userId));
  await saved(world, al.userId, { email: `new.${al.email}` }, world.owner);
  for (const each of [bo, al])
    expect((await world.mailOf((await proofIn(each))?.id)).state).toBe("withdrawn");
});

test("a sign-in link proves the address as well, and the other link is over", async () => {
  const bo = await world.invited();
  const pressed = await world.press(await world.joinByCopy(bo), world.findProof);
  await world.asApp(() => requestSignInLink(bo.email));
  const [row] = await world.sql`select id from sign_in_tokens where user_id = ${bo.userId}`;
  const token = mintLinkToken(world.key, "sign-in", row?.id);
  expect(await world.asApp(() => redeemSignInToken(world.key, token))).toMatchObject({ ok: true });
  expect(await world.row(bo.userId)).toMatchObject({ status: "active", email_validation: "validated" });
  expect(await world.confirm(pressed)).toEqual(dead);
});

test("an account that has got a sign-in of its own meanwhile is entered through that", async () => {
  const bo = await world.invited();
  const pressed = await world.press(await world.joinByCopy(bo), world.findProof);
  const connectionId = await world.connect(world.acme);
  expect(await world.findProof(pressed.token)).toMatchObject({ connectionId });
  expect(await world.confirm(pressed)).toEqual({ ok: true, next: "sso", connectionId });
  expect((await world.row(bo.userId)).status).toBe("signed_up");
  await world.sql`delete from sso_connections`;
});
