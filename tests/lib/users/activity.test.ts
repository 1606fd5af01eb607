import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { UserActor } from "#lib/authorization/actor.ts";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import { changeManaged } from "#lib/users/change-managed.ts";
import { endOwnSession } from "#lib/users/end-own-session.ts";
import { endSessions } from "#lib/users/end-sessions.ts";
import { findActivity } from "#lib/users/find-activity.ts";
import { findOwnPage } from "#lib/users/find-own-page.ts";
import { pauseMails } from "#lib/users/pause-mails.ts";
import { resumeMails } from "#lib/users/resume-mails.ts";
import { unlinkIdentity } from "#lib/users/unlink-identity.ts";
import { openPeople, type People } from "./people.ts";

let people: People;

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people.end());

const unknown = "0193b0a0-0000-7000-8000-000000000001";
const as = <T>(work: (by: UserActor) => Promise<T>, by = people.owner) => people.asApp(() => work(by));

describe("of somebody who is not managed, of another account, or nobody", () => {
  test("nothing is seen and nothing can be done", async () => {
    const unmanaged = await people.person();
    const foreign = await people.person({ managed: true }, people.other);
    const sessions = [await people.session(unmanaged), await people.session(foreign, "sso", people.other)];
    for (const [id, reason] of [
      [unmanaged, "unmanaged"],
      [foreign, "not_found"],
      [unknown, "not_found"],
      ["1", "not_found"],
    ] as const) {
      expect(await as((by) => findActivity(by, id))).toBeNull();
      expect(await as((by) => endSessions(by, id))).toEqual({ ok: false, reason });
      for (const session of sessions)
        expect(await as((by) => endSessions(by, id, session))).toEqual({ ok: false, reason });
      expect(await as((by) => pauseMails(by, id))).toEqual({ ok: false, reason });
    }
    expect(await people.lasting(unmanaged)).toHaveLength(1);
    expect(await people.lasting(foreign)).toHaveLength(1);
    expect((await people.row(unmanaged)).mails_paused).toBe(false);
    expect(await as((by) => resumeMails(by, foreign))).toEqual({ ok: false, reason: "not_found" });
    expect(await as((by) => changeManaged(by, foreign, false))).toEqual({ ok: false, reason: "gone" });
    expect(await as((by) => changeManaged(by, "1", true))).toEqual({ ok: false, reason: "not_found" });
  });

  test("and whoever may only look is refused", async () => {
    const viewer = people.actor(unknown, ["users.view"]);
    const id = await people.person({ managed: true });
    const works: ((by: UserActor, id: string) => Promise<unknown>)[] = [
      findActivity,
      endSessions,
      pauseMails,
      resumeMails,
    ];
    for (const work of works)
      await expect(as((by) => work(by, id), viewer)).rejects.toBeInstanceOf(NotAllowed);
    await expect(as((by) => changeManaged(by, id, false), viewer)).rejects.toBeInstanceOf(NotAllowed);
    await expect(as((by) => unlinkIdentity(by, id, id), viewer)).rejects.toBeInstanceOf(NotAllowed);
  });
});

describe("of a managed person", () => {
  test("sessions: one that is theirs, then all; not somebody else's under their name", async () => {
    const id = await people.person({ managed: true });
    const [first, second] = [await people.session(id), await people.session(id, "sso")];
    const foreign = await people.session(await people.person());
    expect((await as((by) => findActivity(by, id)))?.sessions.map((it) => it.id)).toEqual([second, first]);
    expect(await as((by) => endSessions(by, id, foreign))).toEqual({ ok: false, reason: "no_session" });
    expect(await as((by) => endSessions(by, id, first))).toEqual({ ok: true, sessions: 1 });
    expect(await as((by) => endSessions(by, id, first))).toEqual({ ok: false, reason: "no_session" });
    expect(await people.lasting(id)).toEqual([second]);
    expect(await as((by) => endSessions(by, id))).toEqual({ ok: true, sessions: 1 });
    expect(await as((by) => endSessions(by, id))).toEqual({ ok: false, reason: "no_session" });
    expect((await people.events(id)).map((event) => event.action)).toEqual([
      "user.sessions_ended",
      "user.sessions_ended",
    ]);
  });

  test("nothing can be done to somebody who may do what the one who asks may not", async () => {
    const helpdesk = people.actor(await people.person(), ["users.view", "users.manage"]);
    const admin = await people.person({ role: "Admin", managed: true });
    const session = await people.session(admin);
    const refused = { ok: false, reason: "outranks" };
    expect(await as((by) => endSessions(by, admin), helpdesk)).toEqual(refused);
    expect(await as((by) => endSessions(by, admin, session), helpdesk)).toEqual(refused);
    expect(await as((by) => pauseMails(by, admin), helpdesk)).toEqual(refused);
    expect(await people.lasting(admin)).toEqual([session]);
    expect(await as((by) => findActivity(by, admin), helpdesk)).not.toBeNull();
  });

  test("of many at once one pauses, and one resumes; each is written down", async () => {
    const id = await people.person({ managed: true });
    const paused = await Promise.all([1, 2, 3].map(() => as((by) => pauseMails(by, id))));
    expect(paused.filter((result) => result.ok)).toHaveLength(1);
    expect((await people.row(id)).mails_paused).toBe(true);
    const resumed = await Promise.all([1, 2, 3].map(() => as((by) => resumeMails(by, id))));
    expect(resumed.filter((result) => result.ok)).toHaveLength(1);
    expect((await people.events(id)).map((event) => event.action)).toEqual([
      "user.mails_paused",
      "user.mails_resumed",
    ]);
  });

  test("mails with their state, also one whose key only a run knows", async () => {
    const id = await people.person({ managed: true, status: "invited" });
    await people.invite(id);
    const activity = await as((by) => findActivity(by, id));
    expect(activity?.mails).toMatchObject([{ kind: "invitation", standing: "queued", sentAt: null }]);
  });

  test("what the pump put off goes at once when mails are resumed", async () => {
    const id = await people.person({ managed: true, status: "invited" });
    const invitation = await people.invite(id);
    await as((by) => pauseMails(by, id));
    await people.sql`update emails set next_attempt_at = now() + interval '1 hour', attempts = 3, error = 'paused'
      where subject_id = ${invitation.id}`;
    expect(await as((by) => resumeMails(by, id))).toEqual({ ok: true, mails: 1 });
    const mail = await people.mailOf(invitation.id);
    expect(mail).toMatchObject({ state: "queued", attempts: 0, error: null });
    expect(mail.next_attempt_at.getTime()).toBeLessThanOrEqual(Date.now() + 1_000);
  });

  test("resuming works also when they are not managed any more", async () => {
    const id = await people.person({ managed: true });
    await as((by) => pauseMails(by, id));
    await people.sql`update users set managed = false where id = ${id}`;
    expect(await as((by) => resumeMails(by, id))).toEqual({ ok: true, mails: 0 });
    expect(await as((by) => resumeMails(by, id))).toEqual({ ok: false, reason: "not_paused" });
  });
});

test("oneself is seen without being managed; of all sessions the one that asks stays", async () => {
  const id = await people.person();
  const mine = await people.session(id);
  await people.session(id);
  const self = { ...people.actor(id, ["users.manage"]), sessionId: mine };
  expect((await as((by) => findActivity(by, id), self))?.sessions).toHaveLength(2);
  expect(await as((by) => endSessions(by, id), self)).toEqual({ ok: true, sessions: 1 });
  expect(await people.lasting(id)).toEqual([mine]);
});

test("one's own page asks for no privilege, and ends one's own sessions only", async () => {
  const id = await people.person();
  const [mine, elsewhere] = [await people.session(id), await people.session(id)];
  const foreign = await people.session(await people.person());
  const self = { ...people.actor(id, []), isAdmin: false, sessionId: mine };
  const page = await as((by) => findOwnPage(by), self);
  expect(page.user.id).toBe(id);
  expect(page.sessions.map((session) => session.id)).toEqual([elsewhere, mine]);
  for (const session of [foreign, unknown, "1"])
    expect(await as((by) => endOwnSession(by, session), self)).toEqual({ ok: false, reason: "no_session" });
  expect(await as((by) => endOwnSession(by, elsewhere), self)).toEqual({ ok: true, isThisOne: false });
  expect(await as((by) => endOwnSession(by, mine), self)).toEqual({ ok: true, isThisOne: true });
  expect(await people.lasting(id)).toEqual([]);
});

test("an identity is unlinked of the person that it is of, and its sessions end", async () => {
  const id = await people.person();
  const [identity] = await people.sql`insert into identities (account_id, user_id, issuer, subject)
    values (${people.acme.id}, ${id}, 'https://idp.test', 'bo') returning id`;
  const mail = await people.session(id);
  await people.session(id, "sso");
  const other = await people.person();
  for (const [user, bound] of [
    [other, identity?.id],
    [id, unknown],
    [id, "1"],
  ])
    expect(await as((by) => unlinkIdentity(by, user, bound))).toEqual({ ok: false, reason: "not_found" });
  await expect(as((by) => unlinkIdentity(by, id, identity?.id), people.stranger)).resolves.toEqual({
    ok: false,
    reason: "not_found",
  });
  expect(await as((by) => unlinkIdentity(by, id, identity?.id))).toEqual({ ok: true, sessions: 1 });
  expect(await people.lasting(id)).toEqual([mail]);
  expect((await people.events(id)).map((event) => event.action)).toEqual(["identity.unlinked"]);
});

test("managed within the seats, and Active only", async () => {
  const id = await people.person();
  await people.sql`update accounts set seat_limit = (select count(*) from users where account_id = ${people.acme.id} and managed)
    where id = ${people.acme.id}`;
  expect(await as((by) => changeManaged(by, id, true))).toEqual({ ok: false, reason: "no_seat" });
  await people.sql`update accounts set seat_limit = null where id = ${people.acme.id}`;
  expect(await as((by) => changeManaged(by, id, true))).toMatchObject({ ok: true });
  expect(await as((by) => changeManaged(by, id, true))).toEqual({ ok: false, reason: "already" });
  const invited = await people.person({ status: "invited" });
  expect(await as((by) => changeManaged(by, invited, true))).toEqual({ ok: false, reason: "not_active" });
});
