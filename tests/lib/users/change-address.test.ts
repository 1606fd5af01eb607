import { afterAll, beforeAll, expect, test } from "vitest";
import { findUser } from "#lib/users/find-user.ts";
import { saved } from "./edit-form.ts";
import { openPeople, type People } from "./people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people.end());

const edit = (id: string, typed: { email: string }, actor = people.owner) => saved(people, id, typed, actor);
const address = (name: string) => `${name}@${people.acme.domain}`;

test("of an invited person: links dead, mail taken back, Not Invited again", async () => {
  const id = await people.person({ status: "invited" });
  const invitation = await people.invite(id);
  expect(await edit(id, { email: address("new.one") })).toMatchObject({ ok: true });
  expect(await people.row(id)).toMatchObject({ status: "not_invited", email_validation: "pending" });
  expect((await people.invitation(invitation.id)).state).toBe("revoked");
  expect(await people.mailOf(invitation.id)).toMatchObject({
    state: "withdrawn",
    error: "the address was changed",
  });
  expect(await people.counts(invitation.runId)).toMatchObject({ queued: 0, withdrawn: 1 });
});

test("of somebody who has joined: sessions, one-time links and the binding by the old one end; not validated", async () => {
  const id = await people.person();
  await people.session(id);
  const [token] = await people.sql`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
      values (${people.acme.id}, ${id}, 'email_link', now() + interval '10 minutes') returning id`;
  await people.sql`insert into identities (account_id, user_id, issuer, subject) values (${people.acme.id}, ${id}, 'https://idp', 'bo')`;
  expect(await edit(id, { email: address("bo.new") })).toMatchObject({ ok: true });
  expect(await people.row(id)).toMatchObject({ status: "active", email_validation: "pending" });
  expect(await people.lasting(id)).toEqual([]);
  expect(
    await people.sql`select 1 from sign_in_tokens where id = ${token?.id} and expires_at > now()`,
  ).toHaveLength(0);
  expect(await people.sql`select 1 from identities where user_id = ${id}`).toHaveLength(0);
  const [event] = await people.events(id);
  expect(event?.details).toMatchObject({ sessionsEnded: 1, identitiesUnbound: 1 });
});

test("in other letters is the same one: nothing ends", async () => {
  const id = await people.person({ email: address("case") });
  const session = await people.session(id);
  expect(await edit(id, { email: address("CASE") })).toMatchObject({ ok: true });
  expect(await people.row(id)).toMatchObject({ email: address("CASE"), email_validation: "validated" });
  expect(await people.lasting(id)).toEqual([session]);
});

test("one's own: the session that asks stays, others end", async () => {
  const id = await people.person();
  const [mine, elsewhere] = [await people.session(id), await people.session(id)];
  const self = { ...people.actor(id, ["users.view", "users.manage"]), sessionId: mine };
  expect(await edit(id, { email: address("self.new") }, self)).toMatchObject({ ok: true });
  expect(await people.lasting(id)).toEqual([mine]);
  expect(elsewhere).not.toBe(mine);
});

test("of a Pending Email Input person: they are Not Invited, to be validated", async () => {
  const id = await people.person({ status: "not_invited", email: null });
  const before = await people.asApp(() => findUser(people.owner, id));
  expect(before).toMatchObject({ status: "pending_email_input", emailValidation: null });
  expect(await edit(id, { email: address("entered") })).toMatchObject({ ok: true });
  const after = await people.asApp(() => findUser(people.owner, id));
  expect(after).toMatchObject({ status: "not_invited", emailValidation: "pending" });
});

test("taken away from somebody who has not joined: they wait for one again", async () => {
  const id = await people.person({ status: "invited" });
  await people.invite(id);
  expect(await edit(id, { email: "" })).toMatchObject({ ok: true });
  const user = await people.asApp(() => findUser(people.owner, id));
  expect(user).toMatchObject({ status: "pending_email_input", emailValidation: null, email: null });
  expect((await people.row(id)).status).toBe("not_invited");
});

test("of somebody suspended while invited: restored they are Not Invited", async () => {
  const id = await people.person({ status: "suspended" });
  await people.sql`update users set status_before_suspension = 'invited', suspended_at = now() where id = ${id}`;
  expect(await edit(id, { email: address("later") })).toMatchObject({ ok: true });
  expect(await people.row(id)).toMatchObject({
    status: "suspended",
    status_before_suspension: "not_invited",
  });
});
