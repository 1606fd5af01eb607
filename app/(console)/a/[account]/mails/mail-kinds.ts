/** What a mail is, by its kind in the outbox. */
export const mailKinds: Record<string, string> = {
  invitation: "Invitation",
  reminder: "Reminder of the invitation",
  sign_in_link: "Sign-in link",
  address_proof: "Question to confirm the address",
  account_activated: "Account activated",
  run_ended: "Import ended",
  removals_waiting: "Suspensions wait",
  mail_stopped: "Mails stopped",
  sync_failed: "Directory sync failed",
  sync_overdue: "No directory sync",
};
