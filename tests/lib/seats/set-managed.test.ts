import { randomBytes } from "node:crypto";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { setManaged } from "#lib/seats/set-managed.ts";
import { runDeletions } from "#lib/users/run-deletions.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { openRoles } from "#tests/support/as-role.ts";
import { makeAccount, type TestAccount } from "#tests/support/make-account.ts";

const roles = await openRoles();
let acme: TestAccount;

beforeEach(async () => {
  acme = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
});
afterAll(() => roles.end());

const person = async (name: string, status = "active", of = acme): Promise<string> => {
  const [made] = await roles.sql`insert into users (account_id, email, first_name, last_name, status, source)
    values (${of.id}, ${`${name}@${of.domain}`}, ${name}, 'Test', ${status}, 'invite') returning id`;
  return made?.id;
};
const limit = (seats: number | null) =>
  roles.sql`update accounts set seat_limit = ${seats} where id = ${acme.id}`;
const set = (ids: string[], managed = true) =>
  roles.as("app", () => withAccount(ownerOf(acme), (tx) => setManaged(tx, ownerOf(acme), ids, managed)));
const spans = () => roles.sql`select user_id, email, name, managed_by, managed_to is null as open
  from managed_spans where account_id = ${acme.id} order by managed_from, id`;
const managed = async () =>
  (await roles.sql`select id from users where account_id = ${acme.id} and managed order by id`).map(
    (row) => row.id,
  );

describe("refused, and said why", () => {
  test.each(["not_invited", "invited", "signed_up", "suspended"])("who is %s", async (status) => {
    const id = await person("bea", status);
    expect(await set([id])).toEqual({ changed: [], refused: [{ userId: id, reason: "not_active" }] });
    expect(await managed()).toEqual([]);
  });

  test("who is deleted, unknown, another account's, managed already, or beyond the seats", async () => {
    const other = await roles.as("owner", () => makeAccount(randomBytes(32).toString("base64")));
    const [deleted, foreign] = [await person("gone", "deleted"), await person("foreign", "active", other)];
    const unknown = "01900000-0000-7000-8000-000000000000";
    const [first, second, third] = [await person("a"), await person("b"), await person("c")];
    await limit(2);
    await set([first]);
    const answer = await set([deleted, unknown, foreign, first, second, second, third]);
    expect(answer.changed).toEqual([second]);
    expect(Object.fromEntries(answer.refused.map(({ userId, reason }) => [userId, reason]))).toEqual({
      [deleted]: "gone",
      [unknown]: "gone",
      [foreign]: "gone",
      [first]: "already",
      [third]: "no_seat",
    });
    expect(await managed()).toEqual([first, second].toSorted());
  });

  test("an actor without the privilege", async () => {
    const id = await person("bea");
    const actor = { ...ownerOf(acme), privileges: new Set(["users.view"] as const) };
    const asked = roles.as("app", () => withAccount(actor, (tx) => setManaged(tx, actor, [id], true)));
    await expect(asked).rejects.toThrow(NotAllowed);
  });
});

describe("a seat", () => {
  test("is taken until unmanaged, also while suspended; the spans tell who and by whom", async () => {
    await limit(1);
    const [bea, cy] = [await person("bea"), await person("cy")];
    await set([bea]);
    await roles.sql`update users set status = 'suspended', status_before_suspension = 'active', suspended_at = now()
      where id = ${bea}`;
    expect((await set([cy])).refused).toEqual([{ userId: cy, reason: "no_seat" }]);
    expect((await set([bea], false)).changed).toEqual([bea]);
    expect((await set([cy])).changed).toEqual([cy]);
    expect(await spans()).toEqual([
      { user_id: bea, email: `bea@${acme.domain}`, name: "bea Test", managed_by: "Ada Owner", open: false },
      { user_id: cy, email: `cy@${acme.domain}`, name: "cy Test", managed_by: "Ada Owner", open: true },
    ]);
    const events = await roles.sql`select action, subject_id from audit_events
      where account_id = ${acme.id} and action like 'user.%managed' order by id`;
    expect(events.map((event) => [event.action, event.subject_id])).toEqual([
      ["user.managed", bea],
      ["user.unmanaged", bea],
      ["user.managed", cy],
    ]);
  });

  test("comes back when the person is deleted", async () => {
    const bea = await person("bea");
    await set([bea]);
    await roles.sql`update users set status = 'suspended', suspended_at = now() - interval '40 days' where id = ${bea}`;
    await roles.as("worker", runDeletions);
    expect(await managed()).toEqual([]);
    expect(await spans()).toMatchObject([{ user_id: bea, open: false }]);
  });

  test("is never taken twice: twenty who ask at once for ten seats", async () => {
    await limit(10);
    const people = await Promise.all(Array.from({ length: 20 }, (_, at) => person(`p${at}`)));
    const answers = await Promise.all(people.map((id) => set([id])));
    expect(answers.flatMap((answer) => answer.changed)).toHaveLength(10);
    expect(answers.flatMap((answer) => answer.refused.map(({ reason }) => reason))).toEqual(
      Array(10).fill("no_seat"),
    );
    expect(await managed()).toHaveLength(10);
  });
});
