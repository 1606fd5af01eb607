import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { type EventAction, eventWords } from "#lib/audit/event-words.ts";

const root = join(import.meta.dirname, "..", "..", "..");

const run: EventAction[] = ["run.range_applied", "run.completed", "run.failed", "run.cancelled"];

/** Every operation that changes something, and what it writes down in the transaction of the change. */
const recorded: Record<string, EventAction[]> = {
  "accounts/add-domain": ["domain.added"],
  "accounts/add-owner": ["owner.added"],
  "accounts/change-account-settings": ["account.changed"],
  "accounts/change-mail-settings": ["mail_settings.changed"],
  "accounts/create-account": ["account.created"],
  "accounts/record-keys-rotated": ["keys.rotated"],
  "accounts/remove-domain": ["domain.removed"],
  "accounts/restore-account": ["account.restored"],
  "accounts/set-billing": ["account.changed"],
  "accounts/set-daily-mails": ["account.daily_mails_changed"],
  "accounts/set-seats": ["seats.limit_changed"],
  "accounts/suspend-account": ["account.suspended"],
  "accounts/verify-domain": ["domain.verified"],
  "accounts/verify-domain-by-operator": ["domain.verified"],
  "audit/stream-events": ["audit.exported"],
  "bulk-changes/apply-bulk-change": ["run.apply_requested"],
  "bulk-changes/request-bulk-change": ["run.requested"],
  "bulk-changes/request-invitation-change": ["run.requested"],
  "bulk-invites/accept-address-list": ["upload.received"],
  "bulk-invites/request-bulk-invite": ["run.requested"],
  "directory/apply-preview": ["run.apply_requested"],
  "directory/choose-connector": ["directory.saved"],
  "directory/forget-directory-ids": ["directory.ids_forgotten"],
  "directory/request-sync": ["run.requested"],
  "directory/import-settings": ["directory.saved"],
  "directory/restore-version": ["directory.saved"],
  "directory/run-due-syncs": ["run.requested", "directory.overdue"],
  "directory/save-connection": ["directory.saved", "directory.tested"],
  "directory/save-protected": ["directory.saved"],
  "directory/save-step": ["directory.saved"],
  "directory/test-connection": ["directory.tested"],
  "directory/wish-sync": ["directory.wished"],
  "imports/accept-roster": ["upload.received"],
  "imports/mend-rows": ["upload.received", "run.requested"],
  "imports/request-import": ["upload.mapped", "run.requested"],
  "invitations/accept-invitation": ["user.joined", "session.started"],
  "invitations/copy-link": ["invitation.link_copied"],
  "invitations/invite-people": ["invitations.sent"],
  "invitations/resend-invitation": ["invitation.resent"],
  "invitations/revoke-invitation": ["invitation.revoked"],
  "invitations/confirm-address": ["user.address_confirmed", "session.started"],
  "invitations/request-new-invitation": ["invitation.requested_again"],
  "mail/allow-mail": ["user.mail_allowed"],
  "mail/decide-mails": ["mail.sent_again", "mail.left"],
  "mail/resume-mail": ["mail.resumed"],
  "mail/run-invitation-dates": ["invitations.expired", "invitations.reminded"],
  "mail/stop-reminders": ["invitation.reminders_stopped"],
  "mail/take-provider-event": ["mail.stopped"],
  "roles/delete-role": ["role.deleted"],
  "roles/edit-role": ["role.changed"],
  "roles/grant-role": ["role.granted"],
  "roles/grant-role-to-group": ["role.granted"],
  "roles/make-role": ["role.created"],
  "roles/take-role": ["role.revoked"],
  "roles/take-role-from-group": ["role.revoked"],
  "runs/apply-planned-run": ["run.apply_requested"],
  "runs/apply-undo": ["run.apply_requested"],
  "runs/approve-removals": ["run.removals_approved"],
  "runs/cancel-run": ["run.cancel_requested"],
  "runs/carry-out-plan": ["run.apply_requested"],
  "runs/discard-removals": ["run.removals_discarded"],
  "runs/drop-undo": ["run.cancel_requested", "run.cancelled"],
  "runs/request-run": ["run.requested"],
  "runs/request-target-run": ["run.requested"],
  "runs/request-undo": ["run.requested"],
  "runs/run-slice": run,
  "runs/run-sweep": ["upload.forgotten", "users.deleted"],
  "seats/stream-usage": ["usage.exported"],
  "seats/set-managed": ["user.managed", "user.unmanaged"],
  "sign-in/add-role-rule": ["sign_in.changed"],
  "sign-in/remove-connection": ["sign_in.removed"],
  "sign-in/remove-role-rule": ["sign_in.changed"],
  "sign-in/save-connection": ["sign_in.changed", "sign_in.tested"],
  "sign-in/switch-connection": ["sign_in.enabled", "sign_in.disabled"],
  "sign-in/complete-sso": ["session.started", "identity.bound", "sign_in.refused"],
  "sign-in/end-session": ["session.ended"],
  "sign-in/mint-sign-in-link": ["sign_in.link_made"],
  "sign-in/redeem-sign-in-token": ["session.started"],
  "sign-in/refuse-sso": ["sign_in.refused"],
  "sign-in/start-session": ["session.started"],
  "sign-in/request-sign-in-link": ["sign_in.link_requested"],
  "sign-in/switch-account": ["account.switched"],
  "uploads/accept-upload": ["upload.received"],
  "uploads/cancel-upload": ["upload.cancelled"],
  "users/change-managed": ["user.managed", "user.unmanaged"],
  "users/edit-user": ["user.edited"],
  "users/end-own-session": ["session.ended"],
  "users/end-sessions": ["user.sessions_ended"],
  "users/pause-mails": ["user.mails_paused"],
  "users/restore-user": ["user.restored"],
  "users/resume-mails": ["user.mails_resumed"],
  "users/run-deletions": ["users.deleted"],
  "users/suspend-user": ["user.suspended"],
  "users/unlink-identity": ["identity.unlinked"],
};

/** What asks for a privilege that changes something, or is the worker's or the operator's, and writes nothing down. */
const silent: Record<string, string> = {
  "audit/record-event": "is what writes",
  "audit/run-seal-audit": "seals what was written",
  "audit/verify-chain": "reads",
  "directory/lift-hold":
    "of local mode, once an accident is played there; the sync that follows is written down",
  "directory/set-drill": "changes the sample directory of local mode, and nothing of an account",
  "imports/import-defaults": "reads",
  "mail/enqueue-mail": "part of its cause, which is written down",
  "mail/preview-mail": "reads",
  "mail/run-mail-job": "what failed is written by settle_emails, in SQL",
  "mail/run-release-mails": "lets go what a setting held back; the setting's change is written down",
  "mail/run-send-mail": "what failed is written by settle_emails, in SQL",
  "uploads/discard-upload": "part of refusing a file, of which nothing is kept",
  "runs/mark-mended": "part of mending rows, which is written down",
  "runs/run-tidy": "deletes staging, of which nothing is told anywhere",
  "sign-in/run-forget-attempts": "counters of attempts, without an account",
};

type Source = { name: string; text: string };

const ground = /^(env|db|secrets|network|csv|authorization|jobs)\//;
const operations: Source[] = globSync("lib/*/*.ts", { cwd: root })
  .map((path) => ({ name: path.slice(4, -3), text: readFileSync(join(root, path), "utf8") }))
  .filter(({ name }) => !ground.test(name));

const asks = ({ name, text }: Source) =>
  /\bauthorize\(/.test(text) && !/\/(find|list|count|read|stream|view|explain)-/.test(name);
const isWorkers = ({ name, text }: Source) =>
  /\/run-/.test(name) && /^export (async )?function run/m.test(text);
const writes = ({ text }: Source) => /recordEvent\(/.test(text);

describe("every operation that changes something is told", () => {
  test.each(
    operations.filter((each) => asks(each) || isWorkers(each) || writes(each)).map(({ name }) => name),
  )("%s", (name) => {
    expect([name in recorded, name in silent], "in one of the two tables").toContain(true);
  });

  test("the tables hold nothing that is gone", () => {
    const there = new Set(operations.map(({ name }) => name));
    expect([...Object.keys(recorded), ...Object.keys(silent)].filter((name) => !there.has(name))).toEqual([]);
  });
});

/** The text of a file of lib and of all that it imports there. */
function reached(path: string, seen = new Map<string, string>()): Map<string, string> {
  if (seen.has(path) || !existsSync(path)) return seen;
  const text = readFileSync(path, "utf8");
  seen.set(path, text);
  for (const [, from = ""] of text.matchAll(/^(?:import|export) [^;]*?from "((?:#lib|\.)[^"]+)"/gm))
    if (!from.endsWith("event-words.ts"))
      reached(from.startsWith("#lib") ? join(root, from.slice(1)) : join(dirname(path), from), seen);
  return seen;
}

const wordOf = (action: EventAction) =>
  /^run\.(completed|failed|cancelled)$/.test(action) ? "`run.$" + "{end.state}`" : `"${action}"`;

test.each(Object.entries(recorded))("%s writes %j", (name, actions) => {
  const texts = [...reached(join(root, "lib", `${name}.ts`)).values()].filter((text) =>
    text.includes("recordEvent("),
  );
  for (const action of actions)
    expect(
      texts.some((text) => text.includes(wordOf(action))),
      action,
    ).toBe(true);
});
test("of the words none is for what nobody writes", () => {
  const inCode = globSync("lib/**/*.ts", { cwd: root })
    .filter((path) => !path.endsWith("event-words.ts"))
    .map((path) => readFileSync(join(root, path), "utf8"))
    .join("\n");
  const inSql: EventAction[] = ["mail.failed", "mail.unknown"];
  const words = Object.keys(eventWords) as EventAction[];
  expect(words.filter((word) => !inSql.includes(word) && !inCode.includes(wordOf(word)))).toEqual([]);
});
