import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { restoreAccount } from "#lib/accounts/restore-account.ts";
import { suspendAccount } from "#lib/accounts/suspend-account.ts";
import { accountLess } from "#lib/db/account-less.ts";
import { applyNextRange } from "#lib/runs/slice/apply.ts";
import { LeaseLost, takeLease } from "#lib/runs/slice/lease.ts";
import { findActor } from "#lib/sign-in/find-actor.ts";
import { findSignInToken } from "#lib/sign-in/find-sign-in-token.ts";
import { redeemSignInToken } from "#lib/sign-in/redeem-sign-in-token.ts";
import { requestSignInLink } from "#lib/sign-in/request-sign-in-link.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { openRoster, type Roster } from "../runs/roster-run.ts";

let roster: Roster;
const tokenKey = randomBytes(32).toString("base64");

beforeAll(async () => {
  roster = await openRoster();
});

afterAll(() => roster.end());

const suspend = (id = roster.acme.id) => roster.as("owner", () => suspendAccount(id));
const restore = (id = roster.acme.id) => roster.as("owner", () => restoreAccount(id));
const claim = (limit = 100) =>
  roster.as("worker", () =>
    accountLess.claimEmails({
      limit,
      lease: randomUUID(),
      leaseSeconds: 60,
      provider: "smtp",
      dailyCap: null,
    }),
  );
const due = async () => (await roster.as("worker", () => accountLess.nextMailDue()))[0]?.due ?? null;
const slices = (runId: string) =>
  roster.sql`select 1 from pgboss.job where name = 'run-slice' and data->>'runId' = ${runId} and state = 'created'`;

test("sessions end and links die, for good; signing in works again after it was restored", async () => {
  const account = await roster.as("owner", () => makeAccount(tokenKey));
  const token = async () => (await roster.as("owner", () => account.signInPath())).replace("/sign-in/", "");
  const signIn = async (given: string) => roster.as("app", () => redeemSignInToken(tokenKey, given));
  const session = await signIn(await token());
  if (!session.ok) throw new Error("not signed in");
  const unused = await token();
  expect(await suspend(account.id)).toEqual({ ok: true, sessions: 1, runs: 0, mails: 0 });
  expect(await suspend(account.id)).toEqual({ ok: false, reason: "suspended_already" });
  expect(await roster.as("app", () => findActor(session.sessionId))).toBeNull();
  const made = await token();
  expect(await roster.as("app", () => findSignInToken(tokenKey, made))).toBeNull();
  expect(await restore(account.id)).toEqual({ ok: true, runs: 0, mails: 0 });
  expect(await restore(account.id)).toEqual({ ok: false, reason: "not_suspended" });
  expect(await roster.as("app", () => findActor(session.sessionId))).toBeNull();
  expect(await signIn(unused)).toMatchObject({ ok: false });
  expect(await signIn(await token())).toMatchObject({ ok: true });
  const events = await roster.sql`select action, actor_name from audit_events
    where account_id = ${account.id} and action in ('account.suspended', 'account.restored') order by id`;
  expect(events).toMatchObject([
    { action: "account.suspended", actor_name: "operator" },
    { action: "account.restored", actor_name: "operator" },
  ]);
});

test("its mails wait, also one that comes meanwhile; another account's are sent; none is lost", async () => {
  const [one, other] = [
    await roster.as("owner", () => makeAccount(tokenKey)),
    await roster.as("owner", () => makeAccount(tokenKey)),
  ];
  await roster.as("app", () => requestSignInLink(one.owner.email));
  expect(await suspend(one.id)).toMatchObject({ mails: 1 });
  await roster.sql`insert into emails (account_id, key, kind, recipient, subject_id)
    values (${one.id}, 'late', 'sign_in_link', 'x@y.test', ${randomUUID()})`;
  expect(await due()).toBeNull();
  expect(await claim()).toHaveLength(0);
  await roster.as("app", () => requestSignInLink(other.owner.email));
  expect(await due()).not.toBeNull();
  expect((await claim()).map((row) => row.account_id)).toEqual([other.id]);
  expect(await restore(one.id)).toMatchObject({ mails: 1 });
  expect((await claim()).map((row) => row.account_id)).toEqual([one.id, one.id]);
});

test("a run is not taken up, stops in the middle, and goes on where it stopped", async () => {
  const lines = ["a", "b", "c"].map((name) => ({ email: roster.address(name), asked: "new" }));
  const runId = await roster.request();
  const scope = { accountId: roster.acme.id, runId };
  const taken = await roster.as("worker", () => takeLease(scope));
  if (taken === null || taken === "held") throw new Error("not taken");
  expect(await suspend()).toMatchObject({ runs: 1 });
  await expect(roster.as("worker", () => applyNextRange(taken.lease))).rejects.toThrow(LeaseLost);
  await roster.sliceOf(runId, lines);
  expect(await roster.run(runId)).toMatchObject({ state: "reading", lease: null });
  expect(await roster.as("worker", () => takeLease(scope)), "nor looked at again").toBeNull();
  await roster.sql`update runs set requested_at = now() - interval '1 day' where id = ${runId}`;
  expect(await roster.as("worker", () => accountLess.orphanedRuns(45))).toEqual([]);
  const before = (await slices(runId)).length;
  expect(await restore()).toMatchObject({ runs: 1 });
  expect(await slices(runId)).toHaveLength(before + 1);
  await roster.sliceOf(runId, lines);
  expect(await roster.run(runId)).toMatchObject({ state: "completed" });
  expect((await roster.entries(runId)).map(({ outcome }) => outcome)).toEqual(["new", "new", "new"]);
});
