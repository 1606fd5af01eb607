import type { MailWords } from "./mail-words.ts";

export const en: MailWords = {
  letters: {
    invitation: {
      subject: "{{inviterName}} invites you to join {{accountName}}",
      preview: "Your invitation to {{accountName}} is open until {{expires}}.",
      heading: "Join {{accountName}}",
      body: ["{{inviterName}} invites you to join {{accountName}} with the address {{recipient}}."],
      button: "Accept the invitation",
      note: "The invitation is open until {{expires}} and is meant for you alone.",
      footer:
        "Sent to {{recipient}} because an administrator of {{accountName}} entered this address. If you did not expect it, do nothing: without the button nothing happens.",
    },
    reminder: {
      subject: "Reminder: {{inviterName}} invited you to join {{accountName}}",
      preview: "Your invitation to {{accountName}} is still open, until {{expires}}.",
      heading: "Your invitation to {{accountName}} is still open",
      body: ["{{inviterName}} invited you to join {{accountName}} with the address {{recipient}}."],
      button: "Accept the invitation",
      note: "The invitation is open until {{expires}} and is meant for you alone. This is the only reminder.",
      footer:
        "Sent to {{recipient}} because an administrator of {{accountName}} entered this address. If you do not want to join, do nothing: without the button nothing happens.",
    },
    sign_in_link: {
      subject: "Your sign-in link",
      preview: "The link works once, until {{expires}}.",
      heading: "Sign in to {{accountName}}",
      body: ["You asked for a link to sign in as {{recipient}}."],
      button: "Sign in",
      note: "The link works once, until {{expires}}. Do not pass it on.",
      footer:
        "Sent to {{recipient}} because somebody asked to sign in with this address. If it was not you, do nothing: nobody is signed in without this link.",
    },
    address_proof: {
      subject: "Confirm your address for {{accountName}}",
      preview: "The link works once, until {{expires}}.",
      heading: "Confirm your address",
      body: [
        "You joined {{accountName}} with the address {{recipient}}. Confirm that the address is yours, and you can go on.",
      ],
      button: "Confirm the address",
      note: "The link works once, until {{expires}}. Do not pass it on.",
      footer:
        "Sent to {{recipient}} because somebody joined {{accountName}} with this address. If it was not you, do nothing: the address stays unconfirmed.",
    },
    account_activated: {
      subject: "Your access to {{accountName}} is active again",
      preview: "You can sign in to {{accountName}} again.",
      heading: "Welcome back to {{accountName}}",
      body: ["Your access to {{accountName}} was suspended and is active again."],
      button: "Sign in",
      note: null,
      footer: "Sent to {{recipient}} because an administrator of {{accountName}} restored this user.",
    },
    run_ended: {
      subject: "{{what}} {{ending}}",
      preview: "{{counts}}",
      heading: "{{what}} {{ending}}",
      body: ["{{counts}}"],
      button: "Open the report",
      note: "The report names every line with its outcome and reason.",
      footer: "Sent to {{recipient}} because you asked to be told when this work in {{accountName}} ends.",
    },
    removals_waiting: {
      subject: "{{accountName}}: suspending {{people}} waits for your approval",
      preview: "Nobody is suspended until you or another administrator decides.",
      heading: "{{people}} would be suspended",
      body: [
        "{{what}}, asked for by {{askedBy}}, would suspend more people than may go without a second look. All else of it is done; the suspensions wait for your approval.",
      ],
      button: "Look through and decide",
      note: "Approving carries out exactly these suspensions; discarding leaves everybody as they are.",
      footer:
        "Sent to {{recipient}} because you are an administrator of {{accountName}}. If nobody decides, nobody is suspended.",
    },
    mail_stopped: {
      subject: "{{accountName}}: your mails have been stopped",
      preview: "Nothing is lost: the mails wait until you let them go on.",
      heading: "The mails of {{accountName}} have been stopped",
      body: [
        "{{why}} To protect your delivery, all mails but sign-in links wait from now on.",
        "Nothing is lost. Look at the addresses first, then let the mails go on.",
      ],
      button: "Open the overview",
      note: null,
      footer: "Sent to {{recipient}} because you are an administrator of {{accountName}}.",
    },
    sync_failed: {
      subject: "{{accountName}}: the directory sync failed",
      preview: "Nobody was suspended because of it. The report tells the reason.",
      heading: "The directory sync failed",
      body: [
        "The directory sync that was asked for by {{askedBy}} did not come to its end. Nobody was suspended because of the failure, but people who join or leave are not followed until a sync is completed.",
      ],
      button: "Open the report",
      note: "The report tells the reason and what to do.",
      footer:
        "Sent to {{recipient}} because you may decide about directory syncs of {{accountName}}. Syncs are tried again as scheduled.",
    },
    sync_overdue: {
      subject: "{{accountName}}: no directory sync for {{days}}",
      preview: "People who join or leave are not followed until a sync is completed.",
      heading: "No directory sync was completed for {{days}}",
      body: [
        "For {{days}} no directory sync was completed. People who leave keep their access until one is.",
      ],
      button: "Open Directory Sync",
      note: "You are told once, until a sync is completed again.",
      footer: "Sent to {{recipient}} because you may decide about directory syncs of {{accountName}}.",
    },
  },
  purpose: {
    invitation: "Press the button, check your name, and your account is ready.",
    reminder: "You have not joined yet. Press the button, check your name, and your account is ready.",
  },
  quoted: "{{inviterName}} writes:",
  anAdministrator: "An administrator",
  stopped: {
    bounces: "Too many of the latest mails came back as undeliverable.",
    complaints: "Too many of the people mailed lately reported it as spam.",
    other: "Too many of the latest mails came back or were reported as spam.",
  },
  run: {
    work: {
      import: { of: (file) => `Import of ${file}`, alone: "Import" },
      bulk_invite: { of: (file) => `Bulk invite of ${file}`, alone: "Bulk invite" },
      bulk_change: { of: (file) => `Bulk work of ${file}`, alone: "Bulk work" },
      directory_sync: { of: () => "Directory sync", alone: "Directory sync" },
      undo: { of: (file) => `Undo of the import of ${file}`, alone: "Undo of the import" },
    },
    endings: { completed: "has finished", failed: "failed", cancelled: "was cancelled" },
    lines: (n, one) => `${n} ${one ? "line" : "lines"}`,
    counts: {
      created: (n) => `${n} new`,
      updated: (n) => `${n} updated`,
      deleted: (n) => `${n} deleted`,
      activated: (n) => `${n} activated`,
      unchanged: (n) => `${n} unchanged`,
      skipped: (n) => `${n} skipped`,
      failed: (n) => `${n} failed`,
    },
    nothing: "nothing was changed",
    sentence: (lines, counts) => `${lines === null ? "" : `${lines}: `}${counts.join(", ")}.`,
    people: (n, one) => `${n} ${one ? "person" : "people"}`,
    days: (n, one) => `${n} ${one ? "day" : "days"}`,
    bySchedule: "the schedule",
    cutShort: "What was done before stays; the report says how far it came.",
    heldBack: (n, one) =>
      `${n} ${one ? "suspension" : "suspensions"} asked for: too many to go without approval.`,
    mendable: "The failed lines can be mended from the report.",
    gap: " ",
  },
};
