import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordOpening } from "#lib/invitations/record-opening.ts";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { type Invited, openInvited, type World } from "./invited.ts";

const dead = { ok: false, reason: "dead_link" };
const deadPage = { isOpen: false, joined: null };
let world: World;

beforeAll(async () => {
  world = await openInvited();
});

afterAll(() => world.end());

describe("one and the same dead page, and nothing changes, where", () => {
  const set = (what: string) => (bo: Invited) =>
    world.sql.unsafe(
      `update ${what.replace(" where", ", version = version where").replace("ID", `'${bo.userId}'`)}`,
    );
  const invitation = (what: string) => (bo: Invited) =>
    world.sql.unsafe(`update invitations set ${what} where id = '${bo.id}'`);
  const cases: [string, (bo: Invited) => Promise<unknown>][] = [
    ["its time is over", invitation("expires_at = now()")],
    ["it is marked as expired", invitation("state = 'expired'")],
    ["it was revoked", invitation("state = 'revoked', ended_at = now()")],
    ["the person is suspended", set("users set status = 'suspended' where id = ID")],
    ["the person is deleted", set("users set status = 'deleted' where id = ID")],
    ["the person is not invited any more", set("users set status = 'not_invited' where id = ID")],
    ["the address is another one", set("users set email = 'new.' || email where id = ID")],
    ["the address is none", set("users set email = null where id = ID")],
  ];

  test.each(cases)("%s", async (_, change) => {
    const bo = await world.invited();
    const presses = [await world.press(bo.mailed), await world.press(bo.copied)];
    await change(bo);
    const before = await world.everything();
    for (const pressed of presses) {
      expect(await world.find(pressed.token)).toEqual(deadPage);
      expect(await world.accept({ ...pressed, firstName: "\u202e" })).toEqual(dead);
      await world.asApp(() => recordOpening(world.key, pressed.token));
    }
    expect(await world.everything()).toEqual(before);
  });
});

test("a link is dead where it was sent again, for the mailed one alone", async () => {
  const bo = await world.invited();
  const pressed = await world.press(bo.mailed);
  await world.sql`update invitations set generation = 2 where id = ${bo.id}`;
  expect([await world.find(bo.mailed), await world.accept(pressed)]).toEqual([deadPage, dead]);
  expect(await world.find(world.mailed(bo.id, 3))).toEqual(deadPage);
  expect(await world.find(bo.copied)).toMatchObject({ isOpen: true });
  expect(await world.accept(await world.press(world.mailed(bo.id, 2)))).toMatchObject({ next: "session" });
});

test("links are dead where the account is suspended", async () => {
  const al = await world.invited(world.other);
  const pressed = await world.press(al.mailed);
  await world.sql`update accounts set suspended_at = now() where id = ${world.other.id}`;
  expect([await world.find(al.mailed), await world.accept(pressed)]).toEqual([deadPage, dead]);
  await world.sql`update accounts set suspended_at = null where id = ${world.other.id}`;
  expect(await world.accept(pressed)).toMatchObject({ ok: true, accountSlug: world.other.slug });
});

test("a link is dead where its token is of another purpose, another invitation, another key or no token", async () => {
  const [bo, al] = [await world.invited(), await world.invited(world.other)];
  const { press } = await world.press(bo.mailed);
  const [mine, theirs] = [Buffer.from(bo.mailed, "base64url"), Buffer.from(al.mailed, "base64url")];
  const tokens = [
    mintLinkToken(world.key, "sign-in", bo.id),
    mintLinkToken(world.key, "verify", bo.id),
    mintLinkToken(world.key, "verify", bo.id, "mail:1"),
    mintLinkToken(world.key, "join", bo.id),
    mintLinkToken(world.key, "join", bo.userId, "mail:1"),
    mintLinkToken(randomBytes(32).toString("base64"), "join", bo.id, "mail:1"),
    Buffer.concat([mine.subarray(0, 16), theirs.subarray(16)]).toString("base64url"),
    press,
    `${bo.mailed}A`,
    bo.mailed.toUpperCase(),
    "",
    "none",
    "../../../etc/passwd",
    "\u0000",
    "x".repeat(10_000),
  ];
  const before = await world.everything();
  for (const token of tokens) {
    expect([token, await world.find(token)]).toEqual([token, deadPage]);
    expect([token, await world.accept({ token, press })]).toEqual([token, dead]);
  }
  expect(await world.everything()).toEqual(before);
});
