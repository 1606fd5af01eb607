import type { Privilege } from "#lib/authorization/permissions.ts";

/** A privilege, or any one of several; any role at all; or nothing but being signed in. */
export type Needs = Privilege | Privilege[] | "any_admin" | "signed_in";
/** `inTx`: a part of other operations, which takes their transaction first. `with`: what follows the actor. */
export type Call = { needs: Needs; with?: unknown[]; inTx?: true };

/** Of nobody and nothing. */
const id = "01a19467-e800-7000-8000-000000000000";
const wish = { name: "Made", description: "", privileges: [] };
const settings = { name: "X", invitationDays: 14, clearWord: "-", removalPercent: null, longRunSeconds: 60 };
const visitor = { ip: null, userAgent: null };

const view = ["enrollment.import", "users.view"] as Privilege[];
const change = ["enrollment.import", "users.manage"] as Privilege[];
const of = (needs: Needs, ...args: unknown[]): Call => ({ needs, with: args });

/** Every public operation of lib that asks who may, by its file: what it takes, written out by hand, and a call of it. */
export const operationCalls: Record<string, Call> = {
  "accounts/add-domain": of("account_settings", "no domain"),
  "accounts/change-account-settings": of("account_settings", settings, 5),
  "accounts/count-people-by-status": of("users.view"),
  "accounts/find-account-settings": of("account_settings"),
  "accounts/list-domains": of("account_settings", "a2V5"),
  "accounts/remove-domain": of("account_settings", "nobody.example"),
  "accounts/verify-domain": of("account_settings", "nobody.example", { tokenKey: "a2V5", dnsServers: [] }),
  "audit/list-events": of("audit", {}),
  "audit/stream-events": of("audit", {}),
  "bulk-changes/apply-bulk-change": of("users.manage", { runId: id }),
  "bulk-changes/request-bulk-change": of("users.manage", { action: "suspend", people: [id] }),
  "imports/accept-roster": of("enrollment.import", { fileName: "x.csv", bytes: [] }),
  "imports/find-upload": of("enrollment.import", id),
  "imports/import-defaults": of("enrollment.import"),
  "imports/mend-rows": of("enrollment.import", { runId: id, mode: "apply", rows: [] }),
  "imports/request-import": of("enrollment.import", { uploadId: id, mode: "apply" }),
  "invitations/copy-link": of("enrollment.invite", id, {
    baseUrl: "https://rollcall.example",
    tokenKey: "a2V5",
  }),
  "invitations/invite-people": of("enrollment.invite", { addresses: ["nobody"], message: "" }),
  "invitations/list-latest-invitations": of("enrollment.invite"),
  "invitations/resend-invitation": of("enrollment.invite", id),
  "invitations/revoke-invitation": of("enrollment.invite", id),
  "overview/count-seats": of("users.view"),
  "overview/read-funnel": of("users.view"),
  "overview/read-mail-health": of("users.view"),
  "roles/delete-role": of("roles", id),
  "roles/edit-role": of("roles", id, wish),
  "roles/find-role": of("roles", id),
  "roles/grant-role": of("roles", { roleId: id, email: "x@nobody.example" }),
  "roles/grant-role-to-group": of("roles", { roleId: id, group: "None" }),
  "roles/list-admins": of("roles"),
  "roles/list-group-roles": of("roles"),
  "roles/list-roles": of("roles"),
  "roles/make-role": of("roles", { ...wish, name: "" }),
  "roles/take-role": of("roles", { roleId: id, userId: id }),
  "roles/take-role-from-group": of("roles", { roleId: id, groupId: id }),
  "runs/apply-planned-run": of("enrollment.import", id),
  "runs/apply-undo": of(change, { runId: id, typed: 1 }),
  "runs/approve-removals": of("enrollment.import", { runId: id, typed: 1 }),
  "runs/cancel-run": of(change, id),
  "runs/carry-out-plan": { needs: "users.manage", with: [id, () => null], inTx: true },
  "runs/discard-removals": of("enrollment.import", id),
  "runs/drop-undo": of(change, id),
  "runs/find-latest-import": of("enrollment.import"),
  "runs/find-run": of(view, id),
  "runs/find-undo": of(change, id),
  "runs/list-changes": of(view, { runId: id }),
  "runs/list-entries": of(view, { runId: id }),
  "runs/list-failed-rows": of("enrollment.import", { runId: id }),
  "runs/list-history-of-user": of("users.view", { userId: id }),
  "runs/list-runs": of(view, { kind: "import" }),
  "runs/list-waiting-removals": of("enrollment.import"),
  "runs/mark-mended": {
    needs: "enrollment.import",
    with: [{ runId: id, positions: [] }, id],
    inTx: true,
  },
  "runs/request-run": {
    needs: "enrollment.import",
    with: [{ kind: "import", uploadId: id, mode: "check", options: {}, assumed: {} }],
    inTx: true,
  },
  "runs/request-undo": of(change, id),
  "runs/stream-failed-rows": of("enrollment.import", id),
  "runs/stream-report": of(view, id),
  "seats/find-billing-period": of("users.view", undefined),
  "seats/list-usage": of("users.view", {}),
  "seats/stream-usage": of("users.view", { from: "2026-01-01", to: "2026-02-01" }),
  "seats/view-seats": of("users.view"),
  "seats/set-managed": { needs: "users.manage", with: [[], true], inTx: true },
  "sign-in/add-role-rule": of("sign_in_settings", { group: "None", roleId: id }),
  "sign-in/find-connection": of("sign_in_settings"),
  "sign-in/list-roles-to-give": of("sign_in_settings"),
  "sign-in/remove-connection": of("sign_in_settings"),
  "sign-in/remove-role-rule": of("sign_in_settings", { group: "None", roleId: id }),
  "sign-in/save-connection": of("sign_in_settings", { opened: [] }, {}),
  "sign-in/switch-connection": of("sign_in_settings", false),
  "sign-in/end-session": of("signed_in"),
  "sign-in/list-other-accounts": of("signed_in", []),
  "sign-in/switch-account": of("signed_in", { slug: "no-such-account", sessionIds: [], visitor }),
  "uploads/accept-upload": of("enrollment.import", { fileName: "x.csv", bytes: [] }, { kind: "roster" }),
  "uploads/cancel-upload": of("enrollment.import", "roster", id),
  "uploads/discard-upload": of("enrollment.import", "roster", id),
  "users/change-managed": of("users.manage", id, true),
  "users/edit-user": of("users.manage", { id, version: 1, fields: {} }),
  "users/end-own-session": of("signed_in", id),
  "users/end-sessions": of("users.manage", id),
  "users/find-activity": of("users.manage", id),
  "users/find-own-page": of("signed_in"),
  "users/find-user": of("users.view", id),
  "users/list-invitations-of": of("users.view", id),
  "users/list-users": of("users.view", {}),
  "users/pause-mails": of("users.manage", id),
  "users/restore-user": of("users.manage", id),
  "users/resume-mails": of("users.manage", id),
  "users/suspend-user": of("users.manage", id),
  "users/unlink-identity": of("sign_in_settings", id, id),
};
