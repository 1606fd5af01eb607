import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { restoreUser } from "#lib/users/restore-user.ts";
import { suspendUser } from "#lib/users/suspend-user.ts";
import { openPeople, type People } from "./people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people.end());

const suspend = (id: string, by: UserActor = people.owner) => people.asApp(() => suspendUser(by, id));
const restore = (id: string, by: UserActor = people.owner) => people.asApp(() => restoreUser(by, id));
const unknown = "0193b0a0-0000-7000-8000-000000000001";

describe("not suspended", () => {
  test("nobody, an id that is none, and somebody of another account", async () => {
    const foreign = await people.person({}, people.other);
    const session = await people.session(foreign, "email_link", people.other);
    for (const id of [unknown, "1", "' or true --", foreign]) {
      expect(await suspend(id)).toEqual({ ok: false, reason: "not_found" });
      expect(await restore(id)).toEqual({ ok: false, reason: "not_found" });
    }
    expect((await people.row(foreign)).status).toBe("active");
    expect(await people.lasting(foreign)).toEqual([session]);
  });

  test("oneself, an owner, and the last admin where no owner is left", async () => {
    const admin = await people.person({ role: "Admin" });
    const second = await people.person({ role: "Admin" });
    const asAdmin = { ...people.owner, userId: admin, isOwner: false };
    expect(await suspend(admin, asAdmin)).toEqual({ ok: false, reason: "oneself" });
    expect(await suspend(people.acme.owner.id, asAdmin)).toEqual({ ok: false, reason: "owner" });
    await people.sql`update users set status = 'suspended' where id = ${people.acme.owner.id}`;
    expect(await suspend(second, asAdmin)).toEqual({ ok: false, reason: "last_admin" });
    await people.sql`update users set status = 'active' where id = ${people.acme.owner.id}`;
    expect(await suspend(second, asAdmin)).toMatchObject({ ok: true });
  });

  test("two owners who suspend each other at once: both stay", async () => {
    const [first, second] = [await people.person({ role: "Owner" }), await people.person({ role: "Owner" })];
    const as = (id: string) => people.actor(id, ["users.manage"]);
    const both = await Promise.all([suspend(second, as(first)), suspend(first, as(second))]);
    expect(both).toEqual([
      { ok: false, reason: "owner" },
      { ok: false, reason: "owner" },
    ]);
    await people.sql`delete from role_grants where user_id in (${first}, ${second})`;
  });

  test("who is suspended already, or deleted; and who is not suspended is not restored", async () => {
    const id = await people.person();
    expect(await restore(id)).toEqual({ ok: false, reason: "not_suspended" });
    expect(await suspend(id)).toMatchObject({ ok: true });
    expect(await suspend(id)).toEqual({ ok: false, reason: "already_suspended" });
    const deleted = await people.person({ status: "deleted" });
    expect(await suspend(deleted)).toEqual({ ok: false, reason: "deleted" });
    expect(await restore(deleted)).toEqual({ ok: false, reason: "deleted" });
  });

  test("somebody who may do what the one who asks may not", async () => {
    const helpdesk = people.actor(await people.person(), ["users.view", "users.manage"]);
    const admin = await people.person({ role: "Admin" });
    expect(await suspend(admin, helpdesk)).toEqual({ ok: false, reason: "outranks" });
    expect(await suspend(admin)).toMatchObject({ ok: true });
    expect(await restore(admin, helpdesk), "nor lets them in again").toEqual({
      ok: false,
      reason: "outranks",
    });
    expect(await restore(admin)).toMatchObject({ ok: true });
    expect((await people.row(admin)).status).toBe("active");
    expect(await suspend(await people.person(), helpdesk)).toMatchObject({ ok: true });
  });

  test("by whoever may not", async () => {
    const viewer = people.actor(unknown, ["users.view"]);
    const id = await people.person();
    await expect(suspend(id, viewer)).rejects.toBeInstanceOf(NotAllowed);
    await expect(restore(id, viewer)).rejects.toBeInstanceOf(NotAllowed);
  });
});

test("of many at once one suspends, with one event; the next request of the person is nobody's", async () => {
  const id = await people.person({ role: "Admin" });
  const session = await people.session(id);
  expect(await people.asApp(() => findActor(session))).toMatchObject({ userId: id });
  const all = await Promise.all([suspend(id), suspend(id), suspend(id)]);
  expect(all.filter((result) => result.ok)).toHaveLength(1);
  expect(await people.asApp(() => findActor(session))).toBeNull();
  expect(await people.lasting(id)).toEqual([]);
  const events = await people.events(id);
  expect(events).toMatchObject([
    {
      action: "user.suspended",
      details: { changes: [{ field: "status", before: "active", after: "suspended" }], sessionsEnded: 1 },
    },
  ]);
});

test("one-time links that were mailed sign nobody in, also after Restore", async () => {
  const id = await people.person();
  const [token] = await people.sql`insert into sign_in_tokens (account_id, user_id, purpose, expires_at)
    values (${people.acme.id}, ${id}, 'email_link', now() + interval '10 minutes') returning id`;
  await suspend(id);
  await restore(id);
  expect(
    await people.sql`select 1 from sign_in_tokens where id = ${token?.id} and expires_at > clock_timestamp()`,
  ).toHaveLength(0);
});

describe("Restore gives back the status before", () => {
  test.each(["active", "signed_up", "not_invited"])("%s, with both written down", async (status) => {
    const id = await people.person({ status });
    await suspend(id);
    expect(await people.row(id)).toMatchObject({ status: "suspended", status_before_suspension: status });
    expect(await restore(id)).toEqual({ ok: true, status });
    expect(await people.row(id)).toMatchObject({
      status,
      status_before_suspension: null,
      suspended_at: null,
      version: 3,
    });
    const [, event] = await people.events(id);
    expect(event?.details).toEqual({ changes: [{ field: "status", before: "suspended", after: status }] });
  });

  test("invited: the invitation is open again, and its mail goes after all", async () => {
    const id = await people.person({ status: "invited" });
    const invitation = await people.invite(id);
    await suspend(id);
    expect((await people.invitation(invitation.id)).state).toBe("revoked");
    expect((await people.mailOf(invitation.id)).state).toBe("withdrawn");
    expect(await people.counts(invitation.runId)).toMatchObject({ queued: 0, withdrawn: 1 });
    expect(await restore(id)).toEqual({ ok: true, status: "invited" });
    expect(await people.invitation(invitation.id)).toMatchObject({ state: "open", ended_at: null });
    expect(await people.mailOf(invitation.id)).toMatchObject({ state: "queued", error: null });
    expect(await people.counts(invitation.runId)).toMatchObject({ queued: 1, withdrawn: 0 });
  });

  test("invited, but the invitation has run out, or was revoked before: Not Invited", async () => {
    const late = await people.person({ status: "invited" });
    const { id } = await people.invite(late);
    await suspend(late);
    await people.sql`update invitations set expires_at = now() - interval '1 s' where id = ${id}`;
    expect(await restore(late)).toEqual({ ok: true, status: "not_invited" });
    expect((await people.invitation(id)).state).toBe("revoked");

    const revoked = await people.person({ status: "invited" });
    const earlier = await people.invite(revoked);
    await people.sql`update invitations set state = 'revoked', ended_at = now() - interval '1 h' where id = ${earlier.id}`;
    await suspend(revoked);
    expect(await restore(revoked)).toEqual({ ok: true, status: "not_invited" });
    expect((await people.invitation(earlier.id)).state).toBe("revoked");
  });

  test("a mail that was sent stays sent", async () => {
    const id = await people.person({ status: "invited" });
    const invitation = await people.invite(id);
    await people.sql`update emails set state = 'sent' where subject_id = ${invitation.id}`;
    await suspend(id);
    await restore(id);
    expect((await people.mailOf(invitation.id)).state).toBe("sent");
    expect(await people.counts(invitation.runId)).toMatchObject({ queued: 1, withdrawn: 0 });
  });
});
