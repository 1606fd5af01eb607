import type postgres from "postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { waitUntil } from "#bin/local/wait-until.ts";
import { type Invited, openInvited, type World } from "./invited.ts";

let world: World;

beforeAll(async () => {
  world = await openInvited();
});

afterAll(() => world.end());

type Change = (tx: postgres.TransactionSql, bo: Invited) => Promise<unknown>;

/** Begins to join while `change` is written and not yet committed; the answer that comes once it is. */
async function joinBehind<T>(bo: Invited, change: Change, begin: () => Promise<T>): Promise<T> {
  let answer: Promise<T> | undefined;
  await world.sql.begin(async (tx) => {
    await change(tx, bo);
    answer = begin();
    const waits = async () =>
      (
        await world.sql`select from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`
      ).length > 0;
    expect(await waitUntil(waits, 10_000)).toBe(true);
  });
  return answer as Promise<T>;
}

const person =
  (what: string): Change =>
  (tx, bo) =>
    tx.unsafe(`update users set ${what} where id = '${bo.userId}'`);
const invitation =
  (what: string): Change =>
  (tx, bo) =>
    tx.unsafe(`update invitations set ${what} where id = '${bo.id}'`);
const account: Change = (tx, _bo) => tx`update accounts set suspended_at = now() where id = ${world.acme.id}`;

const ends: [string, Change][] = [
  ["the person is suspended", person("status = 'suspended'")],
  ["the person is deleted", person("status = 'deleted'")],
  ["their address is changed", person("email = 'new.' || email")],
  ["the account is suspended", account],
];

describe("whoever joins while this is done finds the link dead:", () => {
  test.each([
    ...ends,
    ["the invitation is revoked", invitation("state = 'revoked'")] as const,
    ["it is sent again", invitation("generation = 2")] as const,
    ["its time ends", invitation("expires_at = now()")] as const,
  ])("%s", async (_, change) => {
    const bo = await world.invited();
    const pressed = await world.press(bo.mailed);
    const answer = await joinBehind(bo, change, () => world.accept(pressed));
    expect(answer).toEqual({ ok: false, reason: "dead_link" });
    expect((await world.row(bo.userId)).status).not.toBe("active");
    expect((await world.invitation(bo.id)).state).not.toBe("accepted");
    expect(await world.lasting(bo.userId)).toEqual([]);
    await world.sql`update accounts set suspended_at = null where id = ${world.acme.id}`;
  });
});

describe("whoever confirms their address while this is done finds the link dead:", () => {
  test.each([
    ...ends,
    [
      "the link is used up",
      ((tx, bo) =>
        tx`update address_proofs set used_at = now() where user_id = ${bo.userId}`) satisfies Change,
    ] as const,
  ])("%s", async (_, change) => {
    const bo = await world.invited();
    const pressed = await world.press(await world.joinByCopy(bo), world.findProof);
    const answer = await joinBehind(bo, change, () => world.confirm(pressed));
    expect(answer).toEqual({ ok: false, reason: "dead_link" });
    expect((await world.row(bo.userId)).status).not.toBe("active");
    expect(await world.lasting(bo.userId)).toEqual([]);
    await world.sql`update accounts set suspended_at = null where id = ${world.acme.id}`;
  });
});
