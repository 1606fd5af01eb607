import type { RunProgress } from "#lib/runs/run-view.ts";
import { number } from "./number.ts";

type MailProgress = { label: string; text: string; href?: string };

/** A mail in the local mailbox was not sent: it says where it is, and leads there. */
export function mailProgress({
  mails,
  mailsSent,
  mailsInLocalMailbox,
  mailsNotSent,
}: RunProgress): MailProgress {
  const failed = mailsNotSent > 0 ? `, ${number(mailsNotSent)} could not be sent` : "";
  const of = (done: number) => `${number(done)} of ${number(mails)}${failed}`;
  if (mailsInLocalMailbox > 0) {
    return { label: "Mails in the local mailbox", text: of(mailsInLocalMailbox), href: "/local/mailbox" };
  }
  return { label: "Mails sent", text: mails === 0 ? "none" : of(mailsSent) };
}
