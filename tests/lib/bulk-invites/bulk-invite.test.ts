import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { acceptAddressList } from "#lib/bulk-invites/accept-address-list.ts";
import { bulkInviteKind } from "#lib/bulk-invites/bulk-invite-kind.ts";
import { requestBulkInvite } from "#lib/bulk-invites/request-bulk-invite.ts";
import { acceptRoster } from "#lib/imports/accept-roster.ts";
import { requestImport } from "#lib/imports/request-import.ts";
import { cancelRun } from "#lib/runs/cancel-run.ts";
import { listEntries } from "#lib/runs/list-entries.ts";
import { streamFailedRows } from "#lib/runs/stream-failed-rows.ts";
import { sound } from "../runs/roster-run.ts";
import { pieces } from "../uploads/byte-streams.ts";
import { type Inviting, openInviting } from "./invite-list.ts";

let inviting: Inviting;

beforeAll(async () => {
  inviting = await openInviting();
});

afterAll(() => inviting.end());

const text = (...names: string[]) => names.map((name) => `${name}@acme.test`).join("\n");
const failedRows = async (runId: string) => {
  let csv = "";
  await inviting.as("app", async () => {
    for await (const part of streamFailedRows(inviting.actor, runId)) csv += part;
  });
  return csv.replaceAll(inviting.acme.domain, "acme.test");
};

describe("a bulk invite", () => {
  it("says of each line what became of it, by what the person is here", async () => {
    const { address, person } = inviting;
    await person(address("known"), "not_invited");
    await person(address("late"), "invited", -1);
    await person(address("open"), "invited", 5);
    await person(address("signed"), "signed_up");
    await person(address("active"), "active");
    await person(address("away"), "suspended");
    await person(address("gone"), "deleted");
    await person(address("bounced"), "not_invited");
    await person(address("spam"), "not_invited");
    await inviting.sql`insert into suppressed_addresses (account_id, email_norm, reason) values
      (${inviting.acme.id}, ${address("bounced")}, 'bounced'), (${inviting.acme.id}, ${address("spam")}, 'complained')`;
    const runId = await inviting.invite(
      `Email\n${text("new", "known", "late", "open", "signed", "active", "away", "gone", "bounced", "spam", "NEW")}\nwrong@else.test\nwrong`,
    );
    expect(await inviting.lines(runId)).toEqual([
      "2 new",
      "3 new: Was known here and not invited; invited now.",
      "4 new: The last invitation had run out; invited again.",
      "5 skipped: Already invited; no second mail.",
      "6 skipped: Already a user.",
      "7 skipped: Already a user.",
      "8 failed: This person is suspended. Use Reactivate.",
      "9 new: Had been deleted here; added and invited again.",
      "10 failed: Mails to this address bounced. Correct it, or allow mail again on the person's page.",
      "11 failed: This person marked a mail as spam, so that none goes there. Allow mail again on the person's page if they want it.",
      "12 failed: Line 12, NEW@acme.test: this address is already in line 2, and that line counts. Remove one of the two.",
      "13 failed: Line 13: “wrong@else.test” is not in a domain of this account (acme.test). Use an address of this account.",
      "14 failed: Line 14: “wrong” is not a valid e-mail address. Write one address like name@acme.test.",
    ]);
    expect(await inviting.sums(runId)).toMatchObject(sound);
    expect(await inviting.user(address("new"))).toMatchObject({ status: "invited", source: "bulk_invite" });
    expect(await inviting.user(address("late"))).toMatchObject({ status: "invited" });
    expect(await inviting.invitation("new")).toMatchObject({
      source: "bulk_invite",
      run_id: runId,
      state: "open",
    });
    const mailed = ["new", "known", "late", "open", "signed", "active", "away", "gone", "bounced", "spam"];
    const mails = await Promise.all(mailed.map(async (name) => (await inviting.keysOf(name)).length));
    expect(mails).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 0, 0]);
  });
});

describe("a second bulk invite", () => {
  it("changes nothing the second time, and mails an open invitation anew when asked to", async () => {
    const list = text("twice");
    await inviting.invite(list);
    expect(await inviting.lines(await inviting.invite(list))).toEqual([
      "1 skipped: Already invited; no second mail.",
    ]);
    const before = await inviting.invitation("twice");
    await inviting.sql`update invitations set expires_at = now() + interval '1 day' where id = ${before?.id}`;
    const again = await inviting.invite(list, true);
    expect(await inviting.lines(again)).toEqual([
      "1 updated: Was invited already; the invitation is mailed again.",
    ]);
    const after = await inviting.invitation("twice");
    expect(after).toMatchObject({
      id: before?.id,
      generation: 2,
      state: "open",
    });
    expect(after?.expires_at.getTime()).toBeGreaterThanOrEqual(before?.expires_at.getTime());
    expect(after?.resent_at).not.toBeNull();
    expect(await inviting.keysOf("twice")).toEqual(["invitation 1 1 withdrawn", "invitation 2 2 queued"]);
    expect(await inviting.sql`select queued from run_mail_counts where run_id = ${again}`).toEqual([
      { queued: 1 },
    ]);
    const { entries } = await inviting.as("app", () => listEntries(inviting.actor, { runId: again }));
    expect(entries).toMatchObject([{ outcome: "updated", mail: "queued" }]);
    expect(await inviting.lines(await inviting.invite(list, true))).toEqual([
      "1 skipped: Already invited, and mailed again 0 minutes ago.",
    ]);
    await inviting.sql`update invitations set resent_at = now() - interval '11 minutes' where id = ${before?.id}`;
    await inviting.invite(list, true);
    expect(await inviting.keysOf("twice")).toHaveLength(3);
  });
});

describe("what others do meanwhile", () => {
  it("plans a resend anew when the invitation was mailed or ended meanwhile", async () => {
    await inviting.invite(text("mailed", "ended", "same"));
    const runId = await inviting.requestInvite(text("mailed", "ended", "same"), true);
    await inviting
      .slice(runId, {
        ...bulkInviteKind,
        // What others do between the plan of these lines and its carrying out.
        hint: () => {
          throw new Error("stop here");
        },
      })
      .catch(() => {});
    await inviting.sql`update runs set lease = null where id = ${runId}`;
    await inviting.sql`update invitations set generation = 5, resent_at = now() where id = ${(await inviting.invitation("mailed"))?.id}`;
    await inviting.sql`update invitations set state = 'revoked', ended_at = now() where id = ${(await inviting.invitation("ended"))?.id}`;
    await inviting.workInvite(runId);
    expect(await inviting.lines(runId)).toEqual([
      "1 skipped: Already invited, and mailed again 0 minutes ago.",
      "2 new: The last invitation had run out; invited again.",
      "3 updated: Was invited already; the invitation is mailed again.",
    ]);
    expect(await inviting.keysOf("mailed")).toHaveLength(1);
  });
});

describe("around a bulk invite", () => {
  it("gives failed lines back as a file that is taken as it is", async () => {
    const runId = await inviting.invite('ok@acme.test\n"Doe, J" <j@acme>, =x@y\nbad "quote\n');
    const csv = await failedRows(runId);
    expect(csv).toBe(
      [
        "\ufeffRollcall Reason,Email ID",
        'Line 2: “j@acme” is not in a domain of this account (acme.test). Use an address of this account.,"""Doe, J"" <j@acme>"',
        "Line 2: “=x@y” is not in a domain of this account (acme.test). Use an address of this account.,'=x@y",
        '"Line 3: “bad ""quote” is not a valid e-mail address. Write one address like name@acme.test.","bad ""quote"',
        "",
      ].join("\r\n"),
    );
    const mended = csv.replace("<j@acme>", "<j@acme.test>").replace("'=x@y", "x@acme.test");
    expect(await inviting.lines(await inviting.invite(mended))).toEqual([
      "2 new",
      "3 new",
      '4 failed: Line 4: “bad "quote” is not a valid e-mail address. Write one address like name@acme.test.',
    ]);
  });

  it("stops before the next range when it is cancelled, and says what was not done", async () => {
    const runId = await inviting.requestInvite(text("early", "bird"));
    await inviting.as("app", () => cancelRun(inviting.actor, runId));
    await inviting.workInvite(runId);
    expect(await inviting.run(runId)).toMatchObject({ state: "cancelled", created: 0 });
    expect(await inviting.user(inviting.address("early"))).toBeUndefined();
  });

  it("keeps lists and files of people apart, whoever uploaded them", async () => {
    const bytes = () => pieces(`x@${inviting.acme.domain}\n`);
    const file = { fileName: "x.txt", bytes: bytes() };
    const list = await inviting.as("app", () => acceptAddressList(inviting.actor, file));
    const roster = await inviting.as("app", () =>
      acceptRoster(inviting.actor, {
        fileName: "x.csv",
        bytes: pieces(`Email ID\nx@${inviting.acme.domain}\n`),
      }),
    );
    const [listId, rosterId] = [list.uploadId ?? "", roster.uploadId ?? ""];
    const asked = await inviting.as("app", () =>
      Promise.all([
        requestImport(inviting.actor, { uploadId: listId, mode: "apply" }),
        requestBulkInvite(inviting.actor, { uploadId: rosterId, sendAgain: false }),
      ]),
    );
    expect(asked).toEqual([1, 2].map(() => ({ ok: false, reason: "no_such_upload" })));
    const refused = await inviting.as("app", () =>
      acceptRoster(inviting.actor, { fileName: "x.txt", bytes: bytes() }),
    );
    expect(refused).toMatchObject({ ok: false, reason: "address_list", belongsTo: "bulk_invite" });
    expect(refused.uploadId).toBeUndefined();
  });
});

describe("the undo of a bulk invite", () => {
  it("takes back who has not joined, leaves who has, and cannot take back a mail", async () => {
    const { address, person } = inviting;
    await person(address("was-known"), "not_invited");
    await person(address("was-open"), "invited", 3);
    const runId = await inviting.invite(text("fresh", "joined", "was-known", "was-open"), true);
    await inviting.sql`update users set status = 'active', version = version + 1 where email_norm = ${address("joined")}`;
    const undo = await inviting.undo(runId);
    expect(await inviting.lines(undo)).toEqual([
      "1 deleted: Was added by that bulk invite; taken out again.",
      "2 skipped: Has joined since that bulk invite; left as they are.",
      "3 updated: Was invited by that bulk invite; the invitation is revoked.",
      "4 skipped: Was invited before that bulk invite; its mail cannot be taken back.",
    ]);
    expect(await inviting.user(address("fresh"))).toBeUndefined();
    expect(await inviting.invitation("fresh")).toMatchObject({ state: "revoked" });
    expect(await inviting.user(address("was-known"))).toMatchObject({ status: "not_invited" });
    expect(await inviting.invitation("was-open")).toMatchObject({ state: "open", generation: 2 });
  });
});
