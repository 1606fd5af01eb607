import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { NotAllowed } from "#lib/authorization/authorize.ts";
import type { Privilege } from "#lib/authorization/permissions.ts";
import { requestBulkChange } from "#lib/bulk-changes/request-bulk-change.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { resendInvitation } from "#lib/invitations/resend-invitation.ts";
import { applyUndo } from "#lib/runs/apply-undo.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { findRun } from "#lib/runs/find-run.ts";
import { listChanges } from "#lib/runs/list-changes.ts";
import { listHistoryOfUser } from "#lib/runs/list-history-of-user.ts";
import { requestRun } from "#lib/runs/request-run.ts";
import { requestUndo } from "#lib/runs/request-undo.ts";
import { sound } from "#tests/lib/runs/roster-run.ts";
import { type Bulk, openBulk } from "./bulk-run.ts";

let bulk: Bulk;
const opened: Bulk[] = [];

beforeEach(async () => {
  bulk = await openBulk();
  opened.push(bulk);
});
afterAll(() => Promise.all(opened.map((each) => each.end())));

const person = (name: string, status: string, days?: number) => bulk.person(bulk.address(name), status, days);
const invite = (...people: string[]) => ({ action: "invite" as const, people });
const statusOf = async (name: string) => (await bulk.user(bulk.address(name)))?.status;
const invitations = (name: string) => bulk.sql`
  select state, source, run_id from invitations where account_id = ${bulk.acme.id} and email = ${bulk.address(name)} order by id`;
const mailsOf = (runId: string) => bulk.sql`
  select recipient, kind from emails where run_id = ${runId} order by recipient`;
const as = (...held: Privilege[]) => ({ ...bulk.actor, privileges: new Set(held) });

describe("who is invited", () => {
  test("by their status, address and last invitation; each who is gets one mail", async () => {
    await person("not", "not_invited");
    await person("out", "invited", -1);
    await person("open", "invited", 10);
    await person("signed", "signed_up");
    await person("act", "active");
    await person("sus", "suspended");
    await person("del", "deleted");
    await bulk.person("far@elsewhere.test", "not_invited");
    for (const reason of ["bounced", "complained"]) {
      await person(reason, "not_invited");
      await bulk.sql`insert into suppressed_addresses (account_id, email_norm, reason) values (${bulk.acme.id}, ${bulk.address(reason)}, ${reason})`;
    }
    await bulk.sql`insert into users (account_id, email, status, source) values (${bulk.acme.id}, null, 'not_invited', 'directory')`;
    const runId = await bulk.preview({ action: "invite", filter: {} });
    expect(await mailsOf(runId)).toEqual([]);
    expect(await bulk.said(runId)).toEqual({
      "ada.owner": "unchanged: Has joined already.",
      not: "updated: Invited.",
      out: "updated: The last invitation had run out; invited again.",
      open: "unchanged: Has an open invitation already; Resend is on the page Invitations.",
      signed: "unchanged: Has joined already.",
      act: "unchanged: Has joined already.",
      sus: "skipped: Is suspended; restore them first.",
      del: "skipped: Is no longer here.",
      far: "failed: The address is not in a verified domain of this account.",
      bounced: "failed: The address bounced: mend it, or allow mail to it again on the person's page.",
      complained: "failed: The person complained of our mail: nothing more is sent to them.",
      "-": "skipped: Has no address.",
    });
    expect(await bulk.apply(runId)).toEqual({ ok: true });
    await bulk.work(runId);
    // Who has no address is nobody's double.
    expect(await bulk.sums(runId)).toEqual({ ...sound, users_twice: 1 });
    expect(await bulk.run(runId)).toMatchObject({ updated: 2, unchanged: 4, skipped: 3, failed: 3 });
    expect(await mailsOf(runId)).toEqual([
      { recipient: bulk.address("not"), kind: "invitation" },
      { recipient: bulk.address("out"), kind: "invitation" },
    ]);
    expect([await statusOf("not"), await statusOf("out")]).toEqual(["invited", "invited"]);
    expect(await invitations("out")).toEqual([
      { state: "expired", source: "invite", run_id: null },
      { state: "open", source: "bulk_change", run_id: runId },
    ]);
    expect(await invitations("open")).toHaveLength(1);
  });

  test("tens of thousands at once; whoever was invited by one run is mailed by no second", {
    timeout: 120_000,
  }, async () => {
    const many = 45_000;
    await bulk.sql`insert into users (account_id, email, status, source)
      select ${bulk.acme.id}, 'crowd' || n || '@' || ${bulk.acme.domain}, 'not_invited', 'directory' from generate_series(1, ${many}::int) n`;
    const wish = { action: "invite" as const, filter: { status: "not_invited" as const } };
    // Both plans would invite everybody.
    const [first, second] = [await bulk.preview(wish), await bulk.preview(wish)];
    for (const runId of [first, second]) {
      expect(await bulk.run(runId)).toMatchObject({ state: "planned", updated: many });
      expect(await bulk.apply(runId)).toEqual({ ok: true });
      await bulk.work(runId);
      // What sums asks looks for every line.
      await bulk.sql`analyze`;
      expect(await bulk.sums(runId)).toEqual(sound);
    }
    expect((await bulk.run(first)).updated).toBe(many);
    expect(await bulk.run(second)).toMatchObject({ updated: 0, skipped: many });
    const third = await bulk.preview({ action: "invite", filter: { search: "crowd" } });
    expect(await bulk.run(third)).toMatchObject({ updated: 0, unchanged: many });
    const [mails] =
      await bulk.sql`select count(*)::int as n, count(distinct recipient)::int as people from emails
      where account_id = ${bulk.acme.id} and kind = 'invitation'`;
    expect(mails).toEqual({ n: many, people: many });
  });
});

describe("between the plan and its turn", () => {
  test("an invitation that had run out was sent again by hand: no second one, and the others go on", async () => {
    const ids = [await person("out", "invited", -1), await person("not", "not_invited")];
    const runId = await bulk.preview(invite(...ids));
    const [old] = await bulk.sql`select id from invitations where account_id = ${bulk.acme.id}`;
    expect(await bulk.as("app", () => resendInvitation(bulk.actor, old?.id))).toMatchObject({ ok: true });
    await bulk.apply(runId);
    await bulk.work(runId);
    expect(await bulk.said(runId)).toEqual({
      out: "skipped: Changed by someone else meanwhile; left as it is.",
      not: "updated: Invited.",
    });
    expect(await bulk.sums(runId)).toEqual(sound);
    expect(await invitations("out")).toMatchObject([{ state: "open" }]);
  });

  test("a plan that was made under other domains is not carried out", async () => {
    const runId = await bulk.preview(invite(await person("not", "not_invited")));
    await bulk.sql`update account_domains set verified_at = null where account_id = ${bulk.acme.id}`;
    expect(await bulk.apply(runId)).toEqual({ ok: false, reason: "too_old" });
  });
});

test("undone, the invitations of those who have not joined are revoked; reports and history tell both", async () => {
  const ids = [
    await person("not", "not_invited"),
    await person("out", "invited", -1),
    await person("joins", "not_invited"),
  ];
  const runId = await bulk.change(invite(...ids));
  await bulk.sql`update users set status = 'active', version = version + 1 where id = ${ids[2] as string}`;
  await bulk.sql`update invitations set state = 'accepted', ended_at = now() where user_id = ${ids[2] as string}`;
  const asked = await bulk.as("app", () => requestUndo(bulk.actor, runId));
  if (!asked.ok) throw new Error(asked.reason);
  await bulk.work(asked.runId);
  await bulk.as("app", () => applyUndo(bulk.actor, { runId: asked.runId, typed: 2 }));
  await bulk.work(asked.runId);
  expect(await bulk.said(asked.runId)).toEqual({
    not: "updated: Was invited by that change; the invitation is revoked.",
    out: "updated: Was invited by that change; the invitation is revoked.",
    joins: "skipped: Has joined since that change; left as they are.",
  });
  expect([await statusOf("not"), await statusOf("joins")]).toEqual(["not_invited", "active"]);
  const states = async (name: string) => (await invitations(name)).map(({ state }) => state);
  expect([await states("not"), await states("out"), await states("joins")]).toEqual([
    ["revoked"],
    ["expired", "revoked"],
    ["accepted"],
  ]);
  const { changes } = await bulk.as("app", () => listChanges(bulk.actor, { runId }));
  expect(changes.map(({ kind, fields }) => [kind, fields])).toEqual(
    [
      ["invite", [{ field: "status", before: "not_invited", after: "invited" }]],
      ["invite", []],
      ["invite", [{ field: "status", before: "not_invited", after: "invited" }]],
    ].toReversed(),
  );
  const history = await bulk.as("app", () => listHistoryOfUser(bulk.actor, { userId: ids[0] as string }));
  expect(history.changes.map(({ action, by, fields }) => [action, by, fields])).toEqual([
    ["update", "Ada Owner", [{ field: "status", before: "invited", after: "not_invited" }]],
    ["invite", "Ada Owner", [{ field: "status", before: "not_invited", after: "invited" }]],
  ]);
});

describe("who may", () => {
  const inviter = () => as("enrollment.bulk_invite", "users.view");
  const manager = () => as("users.manage", "users.view");

  test("invites with the privilege to invite many and to see people, and does nothing else to them", async () => {
    const id = await person("not", "not_invited");
    const runId = await bulk.preview(invite(id), inviter());
    expect(await bulk.as("app", () => findRun(inviter(), runId))).toMatchObject({ state: "planned" });
    expect(await bulk.apply(runId, undefined, inviter())).toEqual({ ok: true });
    await bulk.work(runId);
    expect(await statusOf("not")).toBe("invited");
    await expect(bulk.ask({ action: "suspend", people: [id] }, inviter())).rejects.toThrow(NotAllowed);
    const suspension = await bulk.preview({ action: "suspend", people: [id] });
    expect(await bulk.apply(suspension, 1, inviter())).toEqual({ ok: false, reason: "not_planned" });
    expect(await bulk.as("app", () => requestUndo(inviter(), runId))).toMatchObject({ ok: true });
  });

  test("does not with the privilege to manage people, or without the one to see them", async () => {
    const id = await person("not", "not_invited");
    for (const actor of [manager(), as("enrollment.bulk_invite"), as("enrollment.invite", "users.view")])
      await expect(bulk.ask(invite(id), actor)).rejects.toThrow(NotAllowed);
    const options = invite(id);
    const around = (tx: Parameters<typeof requestRun>[0]) =>
      requestRun(tx, manager(), { kind: "bulk_change", mode: "check", options });
    await expect(bulk.as("app", () => withAccount(bulk.actor, around))).rejects.toThrow(NotAllowed);
    const runId = await bulk.preview(invite(id));
    expect(await bulk.as("app", () => findRun(manager(), runId))).not.toBeNull();
    expect(await bulk.apply(runId, undefined, manager())).toEqual({ ok: false, reason: "not_planned" });
    expect(await bulk.as("app", () => cancelRun(manager(), runId))).toEqual({ ok: false, reason: "ended" });
    await bulk.apply(runId);
    await bulk.work(runId);
    expect(await bulk.as("app", () => requestUndo(manager(), runId))).toEqual({
      ok: false,
      reason: "not_undoable",
    });
    const undo = await bulk.as("app", () => requestUndo(bulk.actor, runId));
    if (!undo.ok) throw new Error(undo.reason);
    await bulk.work(undo.runId);
    expect(await bulk.as("app", () => applyUndo(manager(), { runId: undo.runId, typed: 1 }))).toEqual({
      ok: false,
      reason: "not_planned",
    });
  });

  test("nobody of another account is invited", async () => {
    const other = await openBulk();
    opened.push(other);
    const foreign = await other.person(other.address("foreign"), "not_invited");
    const asked = await bulk.as("app", () => requestBulkChange(bulk.actor, invite(foreign)));
    if (!asked.ok) throw new Error(asked.reason);
    await bulk.work(asked.runId);
    expect(await bulk.run(asked.runId)).toMatchObject({ state: "failed", rows_read: 0 });
  });
});
