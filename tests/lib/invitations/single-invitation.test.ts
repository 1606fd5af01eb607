import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyLink } from "#lib/invitations/copy-link.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { revokeInvitation } from "#lib/invitations/revoke-invitation.ts";
import { isLinkToken, linkTokenId } from "#lib/secrets/link-token.ts";
import { openPeople, type People } from "../users/people.ts";

let people: People;
const stationery = { baseUrl: "https://rollcall.example/", tokenKey: randomBytes(32).toString("base64") };

beforeAll(async () => {
  people = await openPeople();
});

afterAll(() => people.end());

const resend = (id: string, by = people.owner) => people.asApp(() => resendInvitation(by, id));
const revoke = (id: string, by = people.owner) => people.asApp(() => revokeInvitation(by, id));
const copy = (id: string, by = people.owner) => people.asApp(() => copyLink(by, id, stationery));
const set = (id: string, values: Record<string, string | Date>) =>
  people.sql`update invitations set ${people.sql(values)} where id = ${id}`;
const mailsOf = (id: string) =>
  people.sql`select key, generation, state, error, run_id, priority from emails where subject_id = ${id} order by generation`;

async function invited() {
  const userId = await people.person({ status: "invited" });
  return { userId, ...(await people.invite(userId)), email: (await people.row(userId)).email as string };
}

const yesterday = () => new Date(Date.now() - 86_400_000);

/** What an invitation can be that is not open, what it takes, and what each operation says of it. */
const closed: [string, (made: { id: string; userId: string }) => Promise<unknown>, string, string, string][] =
  [
    ["accepted", ({ id }) => set(id, { state: "accepted" }), "joined", "joined", "joined"],
    [
      "of somebody who has joined otherwise",
      ({ userId }) => people.sql`update users set status = 'active' where id = ${userId}`,
      "joined",
      "ok",
      "joined",
    ],
    ["revoked", ({ id }) => set(id, { state: "revoked" }), "revoked", "revoked", "revoked"],
    [
      "of somebody suspended",
      ({ userId, id }) =>
        people.sql`with i as (update invitations set state = 'revoked' where id = ${id})
        update users set status = 'suspended' where id = ${userId}`,
      "suspended",
      "revoked",
      "suspended",
    ],
    [
      "of somebody deleted",
      ({ userId, id }) =>
        people.sql`with i as (update invitations set state = 'revoked' where id = ${id})
        update users set status = 'deleted' where id = ${userId}`,
      "not_found",
      "revoked",
      "not_found",
    ],
    [
      "to an address that the person has no more",
      ({ userId, id }) =>
        people.sql`with i as (update invitations set state = 'expired' where id = ${id})
        update users set email = 'else.' || email, status = 'not_invited' where id = ${userId}`,
      "address_changed",
      "expired",
      "address_changed",
    ],
    [
      "replaced by a later one",
      async ({ userId, id }) => {
        await set(id, { state: "expired" });
        await people.invite(userId);
      },
      "replaced",
      "expired",
      "replaced",
    ],
  ];

test.each(closed)("an invitation %s", async (_, make, resent, revoked, copied) => {
  const made = await invited();
  await make(made);
  const before = await people.invitation(made.id);
  expect(await resend(made.id)).toEqual({ ok: false, reason: resent });
  expect(await copy(made.id)).toEqual({ ok: false, reason: copied });
  expect(await people.invitation(made.id)).toEqual(before);
  expect(await revoke(made.id)).toMatchObject(
    revoked === "ok" ? { ok: true } : { ok: false, reason: revoked },
  );
});

test("none of this id, none of this account, and no id at all", async () => {
  const { id } = await invited();
  for (const each of ["0193b0a0-0000-7000-8000-000000000001", "1", "' or true --", ""]) {
    for (const call of [resend, revoke, copy])
      expect(await call(each)).toEqual({ ok: false, reason: "not_found" });
  }
  for (const call of [resend, revoke, copy])
    expect(await call(id, people.stranger)).toEqual({ ok: false, reason: "not_found" });
  expect(await people.invitation(id)).toMatchObject({ state: "open", generation: 1 });
});

describe("Resend", () => {
  test("mails a new link, and the mail that waited does not go", async () => {
    const { id, userId, runId, email } = await invited();
    await set(id, { expires_at: new Date(Date.now() + 60_000) });
    const result = await resend(id);
    expect(result).toMatchObject({ ok: true, email, renewed: false });
    const row = await people.invitation(id);
    expect(row).toMatchObject({ state: "open", generation: 2, resent_at: expect.any(Date) });
    expect(row.expires_at.getTime() - Date.now()).toBeGreaterThan(13.9 * 86_400_000);
    expect(await mailsOf(id)).toMatchObject([
      { generation: 1, state: "withdrawn", error: "a newer invitation was sent", run_id: runId },
      { key: `invitation:${id}:2`, generation: 2, state: "queued", run_id: null, priority: 0 },
    ]);
    expect(await people.counts(runId)).toMatchObject({ queued: 0, withdrawn: 1 });
    expect(await people.events(userId)).toMatchObject([
      { action: "invitation.resent", details: { address: email } },
    ]);
  });

  test("renews one that had run out, whether that was written down or not", async () => {
    for (const state of ["open", "expired"]) {
      const { id, userId } = await invited();
      await set(id, { state, expires_at: yesterday(), ended_at: yesterday() });
      if (state === "expired") await people.sql`update users set status = 'not_invited' where id = ${userId}`;
      expect(await resend(id)).toMatchObject({ ok: true, renewed: true });
      expect(await people.invitation(id)).toMatchObject({ state: "open", ended_at: null, generation: 2 });
      expect(await people.row(userId)).toMatchObject({ status: "invited" });
    }
  });

  test("once in ten minutes, also when asked twenty times at once", async () => {
    const { id } = await invited();
    const all = await Promise.all(Array.from({ length: 20 }, () => resend(id)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(all.filter(({ ok }) => !ok)[0]).toEqual({ ok: false, reason: "too_soon", minutesAgo: 0 });
    expect(await mailsOf(id)).toHaveLength(2);
    await set(id, { resent_at: new Date(Date.now() - 9.5 * 60_000) });
    expect(await resend(id)).toEqual({ ok: false, reason: "too_soon", minutesAgo: 9 });
    await set(id, { resent_at: new Date(Date.now() - 10.1 * 60_000) });
    expect(await resend(id)).toMatchObject({ ok: true });
  });

  test("not to an address that bounced or complained, nor to a domain that is not ours any more", async () => {
    for (const because of ["bounced", "complained"]) {
      const { id, userId, email } = await invited();
      await people.sql`insert into suppressed_addresses (account_id, email_norm, reason)
        values (${people.acme.id}, ${email}, ${because})`;
      expect(await resend(id)).toEqual({ ok: false, reason: "bounced", because, userId });
      expect(await copy(id)).toMatchObject({ ok: true });
    }
    const elsewhere = await people.person({ status: "invited", email: "lee@elsewhere.test" });
    const { id } = await people.invite(elsewhere);
    expect(await resend(id)).toEqual({ ok: false, reason: "foreign_domain" });
  });
});

describe("Revoke", () => {
  test("the person is Not Invited again, and what waited does not go", async () => {
    const { id, userId, runId, email } = await invited();
    expect(await revoke(id)).toEqual({ ok: true, email, mails: 1 });
    expect(await people.invitation(id)).toMatchObject({ state: "revoked", ended_at: expect.any(Date) });
    expect(await people.row(userId)).toMatchObject({ status: "not_invited", version: 2 });
    expect(await mailsOf(id)).toMatchObject([{ state: "withdrawn", error: "the invitation was revoked" }]);
    expect(await people.counts(runId)).toMatchObject({ queued: 0, withdrawn: 1 });
    expect(await people.events(userId)).toMatchObject([
      { action: "invitation.revoked", details: { address: email, mailsWithdrawn: 1 } },
    ]);
    expect(await revoke(id)).toEqual({ ok: false, reason: "revoked" });
  });

  test("and Resend at once: the one that comes second finds what the first has done", async () => {
    for (let round = 0; round < 5; round++) {
      const { id, userId } = await invited();
      const [revoked, resent] = await Promise.all([revoke(id), resend(id)]);
      expect(revoked).toMatchObject({ ok: true });
      if (!resent.ok) expect(resent.reason).toBe("revoked");
      expect(await people.invitation(id)).toMatchObject({ state: "revoked" });
      expect((await people.row(userId)).status).toBe("not_invited");
      expect((await mailsOf(id)).map((mail) => mail.state)).not.toContain("queued");
    }
  });
});

describe("Copy link", () => {
  test("is a join link of its own: made from the configured address, the same after a resend", async () => {
    const { id, userId, email } = await invited();
    const copied = await copy(id);
    expect(copied).toMatchObject({ ok: true, email });
    const token = (copied.ok && copied.link.slice("https://rollcall.example/join/".length)) as string;
    expect(linkTokenId(token)).toBe(id);
    expect(isLinkToken(stationery.tokenKey, "join", token, "copy")).toBe(true);
    expect(isLinkToken(stationery.tokenKey, "join", token, "mail:1")).toBe(false);
    await resend(id);
    expect(await copy(id)).toMatchObject({ ok: true, link: copied.ok && copied.link });
    expect(JSON.stringify(await people.events(userId))).not.toContain(token);
    expect((await people.events(userId)).map(({ action }) => action)).toEqual([
      "invitation.link_copied",
      "invitation.resent",
      "invitation.link_copied",
    ]);
  });

  test("of an invitation that has run out there is none", async () => {
    const { id } = await invited();
    await set(id, { expires_at: yesterday() });
    expect(await copy(id)).toEqual({ ok: false, reason: "expired" });
  });
});
