import type { Case } from "./action-case.ts";
import { directoryActionCases } from "./directory-action-cases.ts";

const a = "app/(console)/a/[account]";

/** Every action of the console and of the sign-in pages. An action without a case fails the tests. */
export const actionCases: Record<string, Case> = {
  "app/_web/set-theme.ts#setTheme": { fields: () => ({ theme: "dark" }), open: true },
  [`${a}/sign-out.ts#signOut`]: { fields: () => ({}), open: true },
  [`${a}/sign-out.ts#signOutEverywhere`]: { fields: () => ({}), open: true },
  "app/(public)/sign-in/start-sign-in.ts#startSignIn": {
    fields: ({ account }) => ({ email: account.owner.email, way: "link" }),
    open: true,
  },
  "app/(public)/sign-in/[token]/sign-in.ts#signIn": { fields: () => ({ token: "x" }), open: true },
  "app/(public)/join/[token]/join.ts#join": { fields: () => ({ token: "x", press: "x" }), open: true },
  "app/(public)/join/ask-for-new-one.ts#askForNewOne": {
    fields: ({ account }) => ({ email: `nobody@${account.domain}` }),
    open: true,
  },
  "app/(public)/join/sign-out-first.ts#signOutFirst": { fields: () => ({ back: "/join/x" }), open: true },
  "app/(public)/verify/[token]/confirm.ts#confirm": {
    fields: () => ({ token: "x", press: "x" }),
    open: true,
  },
  [`${a}/enrollment/invite/invite-actions.ts#sendInvitations`]: {
    fields: ({ account, stock }) => ({
      email1: `eve@${account.domain}`,
      message: "Hello",
      told: JSON.stringify([
        { address: "x", tone: "bad", text: "x", offer: { do: "resend", invitation: stock.invitation } },
        ...[null, null, null, null],
      ]),
    }),
    changes: true,
  },
  [`${a}/invitations/change-actions.ts#changeInvitations`]: {
    fields: ({ stock }) => ({ one: `revoke ${stock.invitation}` }),
    changes: true,
  },
  [`${a}/invitation-actions.ts#resend`]: {
    fields: ({ stock }) => ({ invitation: stock.invitation }),
    changes: true,
  },
  [`${a}/invitation-actions.ts#revoke`]: {
    fields: ({ stock }) => ({ invitation: stock.invitation }),
    changes: true,
  },
  [`${a}/invitation-actions.ts#showLink`]: {
    fields: ({ stock }) => ({ invitation: stock.invitation }),
    changes: true,
  },
  [`${a}/invitation-actions.ts#invitePerson`]: {
    fields: ({ account }) => ({ address: `eve@${account.domain}` }),
    changes: true,
  },
  ...directoryActionCases,
  [`${a}/enrollment/import/import-actions.ts#applyPlan`]: { fields: ({ stock }) => ({ run: stock.planned }) },
  [`${a}/enrollment/import/import-actions.ts#cancelImport`]: {
    fields: ({ stock }) => ({ run: stock.planned }),
    changes: true,
  },
  [`${a}/enrollment/import/map/map-actions.ts#mapColumns`]: {
    fields: ({ stock }) => ({ upload: stock.upload, mode: "cancel" }),
  },
  [`${a}/runs/[id]/removal-actions.ts#decideRemovals`]: {
    fields: ({ stock }) => ({ run: stock.waiting, decision: "discard" }),
    changes: true,
  },
  [`${a}/runs/[id]/undo/undo-actions.ts#startUndo`]: {
    fields: ({ stock }) => ({ run: stock.run }),
    changes: true,
  },
  [`${a}/runs/[id]/undo/undo-actions.ts#decideUndo`]: {
    fields: ({ stock }) => ({ run: stock.waiting, undo: stock.undo, decision: "keep" }),
    changes: true,
  },
  [`${a}/runs/[id]/mend/mend-actions.ts#mendFailedRows`]: {
    fields: ({ stock }) => ({ run: stock.run, mode: "apply", "cell-2-0": "eve@elsewhere.test" }),
  },
  [`${a}/settings/admins/admin-actions.ts#giveRole`]: {
    fields: ({ stock, account }) => ({ roleId: stock.otherRole, email: `Uma.Zanzibar@${account.domain}` }),
    changes: true,
  },
  [`${a}/settings/admins/admin-actions.ts#giveRoleToGroup`]: {
    fields: ({ stock }) => ({ roleId: stock.role, group: "Zanzibar Crew" }),
    changes: true,
  },
  [`${a}/settings/admins/admin-actions.ts#takeAway`]: {
    fields: ({ stock }) => ({ roleId: stock.role, userId: stock.user }),
    changes: true,
  },
  [`${a}/settings/admins/admin-actions.ts#takeAwayFromGroup`]: {
    fields: ({ stock }) => ({ roleId: stock.otherRole, groupId: stock.group }),
    changes: true,
  },
  [`${a}/settings/roles/role-actions.ts#addRole`]: {
    fields: () => ({ name: "Made up", description: "" }),
    changes: true,
  },
  [`${a}/settings/roles/role-actions.ts#changeRole`]: {
    fields: ({ stock }) => ({ role: stock.role, name: "Renamed", description: "" }),
    changes: true,
  },
  [`${a}/settings/roles/role-actions.ts#removeRole`]: { fields: ({ stock }) => ({ role: stock.role }) },
  [`${a}/settings/account/account-actions.ts#saveAccount`]: {
    fields: () => ({
      name: "Taken over",
      invitationDays: "1",
      clearWord: "x",
      removalPercent: "",
      longRunSeconds: "1",
    }),
    changes: true,
  },
  [`${a}/settings/mail/mail-actions.ts#saveMailSettings`]: {
    fields: () => ({
      senderName: "Taken over",
      replyTo: "eve@evil.example",
      logoColor: "",
      pickedColor: "#005757",
      shownColor: "",
      defaultLanguage: "en",
      reminderDays: "",
      quietFrom: "",
      quietTo: "",
      timeZone: "UTC",
      startHereUrl: "https://evil.example/",
    }),
    changes: true,
  },
  [`${a}/settings/sign-in/sign-in-actions.ts#submitConnection`]: {
    fields: () => ({
      name: "Mine",
      issuer: "mine",
      clientId: "x",
      clientSecret: "x",
      groupsClaim: "groups",
      rolesMode: "add",
      what: "save",
    }),
    changes: true,
  },
  [`${a}/settings/sign-in/sign-in-actions.ts#switchSignIn`]: { fields: () => ({ on: "yes" }) },
  [`${a}/settings/sign-in/sign-in-actions.ts#removeSignIn`]: { fields: () => ({}) },
  [`${a}/settings/sign-in/sign-in-actions.ts#addRule`]: {
    fields: ({ stock }) => ({ group: "it", role: stock.role }),
  },
  [`${a}/settings/sign-in/sign-in-actions.ts#removeRule`]: {
    fields: ({ stock }) => ({ group: "it", role: stock.role }),
  },
  [`${a}/settings/domains/domain-actions.ts#add`]: {
    fields: () => ({ domain: "evil.example" }),
    changes: true,
  },
  [`${a}/settings/domains/domain-actions.ts#verify`]: {
    fields: ({ account }) => ({ domain: account.domain }),
  },
  [`${a}/settings/domains/domain-actions.ts#remove`]: {
    fields: ({ account }) => ({ domain: account.domain }),
    changes: true,
  },
  [`${a}/users/[id]/edit/edit-actions.ts#saveUser`]: {
    fields: ({ stock, account }) => ({
      user: stock.user,
      version: "1",
      first_name: "Eve",
      shown_first_name: "Uma",
      last_name: "Zanzibar",
      shown_last_name: "Zanzibar",
      email: `Uma.Zanzibar@${account.domain}`,
      shown_email: `Uma.Zanzibar@${account.domain}`,
    }),
    changes: true,
  },
  [`${a}/users/[id]/activity-actions.ts#signOutPerson`]: {
    fields: ({ stock }) => ({ user: stock.user, session: stock.session }),
    changes: true,
  },
  [`${a}/users/[id]/activity-actions.ts#pause`]: {
    fields: ({ stock }) => ({ user: stock.user }),
    changes: true,
  },
  [`${a}/users/[id]/activity-actions.ts#resume`]: {
    fields: ({ stock }) => ({ user: stock.suspended }),
    changes: true,
  },
  [`${a}/users/[id]/person-actions.ts#suspend`]: {
    fields: ({ stock }) => ({ user: stock.user }),
    changes: true,
  },
  [`${a}/users/[id]/person-actions.ts#restore`]: {
    fields: ({ stock }) => ({ user: stock.suspended }),
    changes: true,
  },
  [`${a}/users/[id]/person-actions.ts#changeManagement`]: {
    fields: ({ stock }) => ({ user: stock.user, managed: "no" }),
    changes: true,
  },
  [`${a}/users/[id]/person-actions.ts#unlink`]: {
    fields: ({ stock }) => ({ user: stock.user, identity: stock.identity }),
    changes: true,
  },
  [`${a}/users/[id]/activity-actions.ts#allowMailAgain`]: {
    fields: ({ stock }) => ({ user: stock.user }),
    changes: true,
  },
  [`${a}/mails/mail-actions.ts#decide`]: {
    fields: ({ stock }) => ({ decision: "leave", [`pick.${stock.mail}`]: "on" }),
    changes: true,
  },
  [`${a}/mails/mail-actions.ts#letMailsGoOn`]: { fields: () => ({}), changes: true },
  [`${a}/me/me-actions.ts#signOutSession`]: {
    fields: ({ ownerSession }) => ({ session: ownerSession }),
    changes: true,
  },
  [`${a}/accounts/account-actions.ts#switchTo`]: {
    fields: ({ account }) => ({ slug: account.slug }),
    self: true,
  },
  [`${a}/runs/[id]/bulk-actions.ts#applyChange`]: {
    fields: ({ stock }) => ({ run: stock.bulk, people: "1" }),
  },
  [`${a}/runs/[id]/bulk-actions.ts#cancelChange`]: {
    fields: ({ stock }) => ({ run: stock.bulk }),
    changes: true,
  },
  [`${a}/users/change-actions.ts#changeMany`]: {
    fields: ({ stock }) => ({ action: "suspend", [`pick.${stock.user}`]: "on" }),
    changes: true,
  },
};
