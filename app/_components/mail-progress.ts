import type { RunProgress } from "#lib/runs/run-view.ts";
import { number } from "./number.ts";

/** A mail in the local mailbox was not sent: it says where it is. */
export function mailProgress({ mails, mailsSent, mailsInLocalMailbox }: RunProgress): {
  label: string;
  text: string;
} {
  if (mailsInLocalMailbox > 0) {
    return {
      label: "Mails in the local mailbox",
      text: `${number(mailsInLocalMailbox)} of ${number(mails)}`,
    };
  }
  return { label: "Mails sent", text: `${number(mailsSent)} of ${number(mails)}` };
}
