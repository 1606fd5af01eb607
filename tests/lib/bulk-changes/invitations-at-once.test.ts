import { afterAll, beforeAll, expect, test } from "vitest";
import { applyBulkChange } from "#lib/bulk-changes/apply-bulk-change.ts";
import { requestInvitationChange } from "#lib/bulk-changes/request-invitation-change.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;

beforeAll(async () => {
  bulk = await openBulk();
});
afterAll(() => bulk.end());

type Wish = Parameters<typeof requestInvitationChange>[1];

const ask = async (wish: Wish, actor = bulk.actor) => {
  const asked = await bulk.as("app", () => requestInvitationChange(actor, wish));
  if (!asked.ok) throw new Error(asked.reason);
  await workOn(asked.runId);
  return asked.runId;
};

/** As often as the queue would call. */
async function workOn(runId: string): Promise<void> {
  for (let slices = 0; slices < 20; slices += 1) {
    await bulk.work(runId);
    const { state, mode } = await bulk.run(runId);
    if (state === "completed" || (state === "planned" && mode === "check")) return;
  }
  throw new Error("the run does not come to its end");
}

/** Somebody invited, with the mail sent; the invitation's id. */
async function invited(name: string, set: Record<string, unknown> = {}): Promise<string> {
  const email = bulk.address(name);
  await bulk.person(email, "invited", 9);
  const [made] = await bulk.sql`select id from invitations where email = ${email}`;
  await bulk.sql`insert into emails (account_id, key, kind, recipient, subject_id, state, provider)
    values (${bulk.acme.id}, ${`invitation:${made?.id}:1`}, 'invitation', ${email}, ${made?.id}, 'sent', 'resend')`;
  if (Object.keys(set).length > 0)
    await bulk.sql`update invitations set ${bulk.sql(set as Record<string, string>)} where id = ${made?.id}`;
  return made?.id as string;
}

const invitation = async (id: string) =>
  (await bulk.sql`select * from invitations where id = ${id}`)[0] ?? {};
const mails = (id: string) =>
  bulk.sql`select key, state, generation, run_id, error from emails where subject_id = ${id} order by generation`;
const user = (name: string) => bulk.user(bulk.address(name));
const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

test("sent again: each with its outcome, a new link, all its days and one mail", async () => {
  const ids = {
    plain: await invited("plain"),
    ran: await invited("ran", { expires_at: ago(1) }),
    marked: await invited("marked", { state: "expired" }),
    soon: await invited("soon", { resent_at: ago(3) }),
    later: await invited("later", { resent_at: ago(11), reminded_at: ago(5) }),
    joined: await invited("joined", { state: "accepted" }),
    revoked: await invited("revoked", { state: "revoked" }),
    bounced: await invited("bounced"),
    moved: await invited("moved", { state: "expired" }),
    queued: await invited("queued"),
    gone: await invited("gone"),
  };
  await bulk.sql`update users set status = 'not_invited' where email = ${bulk.address("marked")}`;
  await bulk.sql`update users set email = 'else.' || email where email = ${bulk.address("moved")}`;
  await bulk.sql`delete from users where email = ${bulk.address("gone")}`;
  await bulk.sql`update emails set state = 'queued' where subject_id = ${ids.queued}`;
  await bulk.sql`insert into suppressed_addresses (account_id, email_norm, reason) values (${bulk.acme.id}, ${bulk.address("bounced")}, 'bounced')`;
  const runId = await ask({ action: "resend", invitations: Object.values(ids) });
  const anew = "updated: Sent again; the link mailed before leads nowhere now.";
  const renewed = "updated: Had run out; sent again with all its days.";
  expect(await bulk.said(runId)).toEqual({
    plain: anew,
    ran: renewed,
    marked: renewed,
    later: anew,
    soon: "skipped: Was sent again 3 minutes ago; wait until 10 minutes have passed.",
    joined: "skipped: Has joined meanwhile.",
    revoked: "skipped: Was revoked: invite the person again.",
    bounced: "failed: The address bounced: mend it, or allow mail to it again on the person's page.",
    moved: "skipped: The person has another address by now: invite them there.",
    queued: "unchanged: The mail has not gone out yet; it will.",
    gone: "skipped: The person is no longer here.",
  });
  expect((await mails(ids.plain)).length).toBe(1);
  expect(await bulk.apply(runId)).toEqual({ ok: true });
  await workOn(runId);
  expect(await bulk.run(runId)).toMatchObject({
    state: "completed",
    updated: 4,
    skipped: 5,
    failed: 1,
    unchanged: 1,
  });
  for (const id of [ids.plain, ids.ran, ids.marked, ids.later]) {
    const now = await invitation(id);
    expect(now).toMatchObject({ state: "open", generation: 2, reminded_at: null, ended_at: null });
    expect(now.expires_at.getTime() - Date.now()).toBeGreaterThan(13.9 * 86_400_000);
    expect((await mails(id)).at(-1)).toMatchObject({
      key: `invitation:${id}:2`,
      state: "queued",
      generation: 2,
      run_id: runId,
    });
  }
  expect(await user("marked")).toMatchObject({ status: "invited" });
  expect(await invitation(ids.soon)).toMatchObject({ generation: 1 });
  expect((await bulk.sql`select queued from run_mail_counts where run_id = ${runId}`)[0]).toEqual({
    queued: 4,
  });
  // Nobody may be mailed twice by a run that is looked at twice.
  expect(await bulk.apply(runId)).toEqual({ ok: false, reason: "not_planned" });
  expect(await bulk.as("app", () => findRun(bulk.actor, runId))).toMatchObject({ undoable: false });
  const refused = await bulk.as("app", () => requestUndo(bulk.actor, runId));
  expect(refused).toEqual({ ok: false, reason: "not_undoable" });
});

test("revoked: links die, waiting mails are taken back, people are Not Invited; the number is typed", async () => {
  const ids = [await invited("away1"), await invited("away2"), await invited("away3", { state: "expired" })];
  await bulk.sql`update emails set state = 'queued' where subject_id = ${ids[0] as string}`;
  const runId = await ask({ action: "revoke", filter: { search: "away" } });
  expect(await bulk.apply(runId)).toEqual({ ok: false, reason: "count_differs" });
  expect(await bulk.apply(runId, 2)).toEqual({ ok: true });
  await workOn(runId);
  expect(await bulk.said(runId)).toMatchObject({
    away1: "updated: Revoked: its links lead nowhere, and the person is Not Invited.",
    away3: "unchanged: Had run out already.",
  });
  for (const id of ids.slice(0, 2))
    expect(await invitation(id)).toMatchObject({ state: "revoked", ended_at: expect.any(Date) });
  expect(await mails(ids[0] as string)).toMatchObject([
    { state: "withdrawn", error: "the invitation was revoked" },
  ]);
  expect(await user("away1")).toMatchObject({ status: "not_invited", version: 2 });
});

test("whoever joins, or is mailed by hand, between the plan and its end is left as they are, and it says so", async () => {
  const ids = [
    await invited("quick"),
    await invited("byhand"),
    await invited("late"),
    await invited("still"),
  ];
  const runId = await ask({ action: "resend", invitations: ids });
  await bulk.sql`update users set status = 'active', version = version + 1 where email = ${bulk.address("quick")}`;
  await bulk.sql`update invitations set generation = 2, resent_at = now() where id = ${ids[1] as string}`;
  await bulk.sql`insert into suppressed_addresses (account_id, email_norm, reason) values (${bulk.acme.id}, ${bulk.address("late")}, 'bounced')`;
  await bulk.apply(runId);
  await workOn(runId);
  const said = await bulk.said(runId);
  expect([said.quick, said.byhand, said.late].map((words) => words?.split(":")[0])).toEqual([
    "skipped",
    "skipped",
    "skipped",
  ]);
  expect(said.still).toContain("updated");
  expect((await mails(ids[0] as string)).length).toBe(1);
  expect(await invitation(ids[1] as string)).toMatchObject({ generation: 2 });
  expect((await mails(ids[3] as string)).length).toBe(2);
});

test("those whose mail is being sent are left out, at the plan and when their turn comes, and it says so", async () => {
  const gone = await invited("going_then", { state: "expired" });
  await bulk.sql`update emails set state = 'sending' where subject_id = ${gone}`;
  const ids = [await invited("going"), await invited("reminding"), await invited("staying"), gone];
  const [going, reminding, staying] = ids as [string, string, string];
  await bulk.sql`insert into emails (account_id, key, kind, recipient, subject_id)
    select account_id, 'reminder:' || subject_id || ':1', 'reminder', recipient, subject_id from emails
    where subject_id in (${reminding}, ${staying})`;
  const runId = await ask({ action: "resend", invitations: ids });
  await bulk.sql`update emails set state = 'sending' where subject_id = ${going} or key = ${`reminder:${reminding}:1`}`;
  await bulk.apply(runId);
  await workOn(runId);
  expect(await bulk.said(runId)).toEqual({
    going_then: "skipped: Its mail is just being sent. Try again in a minute.",
    going: "skipped: Its mail is just being sent. Try again in a minute.",
    reminding: "skipped: Its mail is just being sent. Try again in a minute.",
    staying: "updated: Sent again; the link mailed before leads nowhere now.",
  });
  expect(await bulk.run(runId)).toMatchObject({ state: "completed", updated: 1, skipped: 3 });
  for (const id of [going, reminding]) expect(await invitation(id)).toMatchObject({ generation: 1 });
  expect((await mails(staying)).map((mail) => mail.state)).toEqual(["sent", "withdrawn", "queued"]);
  const [counts] = await bulk.sql`select queued from run_mail_counts where run_id = ${runId}`;
  expect(counts).toEqual({ queued: 1 });
});

test("an invitation that ran out is left, where the address was invited anew before the plan's end; the others go on", async () => {
  const ids = [await invited("renewed", { state: "expired" }), await invited("beside")];
  const runId = await ask({ action: "resend", invitations: ids });
  await bulk.sql`insert into invitations (account_id, user_id, email, source, expires_at)
    select account_id, user_id, email, 'invite', now() + interval '9 days' from invitations where id = ${ids[0] as string}`;
  await bulk.apply(runId);
  await workOn(runId);
  const said = await bulk.said(runId);
  expect(said.renewed).toContain("skipped");
  expect(said.beside).toContain("updated");
});

test("it takes the privilege to invite, and none to manage users; of another account nothing is picked", async () => {
  const id = await invited("mine");
  const inviter = { ...bulk.actor, privileges: new Set(["enrollment.invite"] as const) };
  const manager = { ...bulk.actor, privileges: new Set(["users.manage", "users.view"] as const) };
  await expect(ask({ action: "resend", invitations: [id] }, manager)).rejects.toThrow("not allowed");
  const runId = await ask({ action: "resend", invitations: [id] }, inviter);
  expect(await bulk.as("app", () => findRun(inviter, runId))).not.toBeNull();
  expect(await bulk.as("app", () => findRun(manager, runId))).toBeNull();
  expect(await bulk.apply(runId, undefined, manager)).toEqual({ ok: false, reason: "not_planned" });
  const suspension = await bulk.preview({ action: "suspend", people: [bulk.acme.owner.id] });
  expect(await bulk.as("app", () => applyBulkChange(inviter, { runId: suspension, typed: 0 }))).toMatchObject(
    { ok: false, reason: "not_planned" },
  );
  const [foreign] = await bulk.sql`
    with account as (insert into accounts (slug, name) values ('elsewhere', 'Elsewhere') returning id)
    insert into invitations (account_id, user_id, email, source, expires_at)
    select id, uuid_v7(), 'x@elsewhere.test', 'invite', now() + interval '1 day' from account returning id`;
  const nothing = await bulk.as("app", () =>
    requestInvitationChange(bulk.actor, { action: "revoke", invitations: [foreign?.id] }),
  );
  if (!nothing.ok) throw new Error(nothing.reason);
  await bulk.work(nothing.runId);
  expect(await bulk.run(nothing.runId)).toMatchObject({ state: "failed", rows_read: 0 });
});

test("tens of thousands at once within seconds, each with one mail", { timeout: 120_000 }, async () => {
  const many = 45_000;
  await bulk.sql`
    with made as (insert into users (account_id, email, status, source)
      select ${bulk.acme.id}, 'crowd' || n || '@' || ${bulk.acme.domain}, 'invited', 'import' from generate_series(1, ${many}::int) n
      returning id, email)
    insert into invitations (account_id, user_id, email, source, expires_at)
    select ${bulk.acme.id}, id, email, 'import', now() + interval '5 days' from made`;
  await bulk.sql`analyze`;
  const runId = await ask({ action: "resend", filter: { source: "import" } });
  await bulk.apply(runId);
  const began = performance.now();
  await workOn(runId);
  expect(await bulk.run(runId)).toMatchObject({ state: "completed", updated: many });
  expect(performance.now() - began).toBeLessThan(60_000);
  const [sent] =
    await bulk.sql`select count(*)::int as n, count(distinct subject_id)::int as people from emails where run_id = ${runId}`;
  expect(sent).toEqual({ n: many, people: many });
});
