import { Moment } from "#app/_components/moment.tsx";
import type { Step } from "#lib/invitations/find-invitation.ts";

const what: Record<Step["what"], string> = {
  invited: "Invited",
  queued: "Mail queued",
  waits: "Mail waits until",
  sent: "Mail sent",
  handed_over: "Mail taken by the mail server, which tells no more of it",
  in_local_mailbox: "Mail put into the local mailbox",
  delivered: "Mail delivered",
  bounced: "Mail bounced",
  complained: "Complained of the mail",
  failed: "Mail refused",
  unknown: "The provider never answered: nobody knows whether the mail went out",
  withdrawn: "Mail withdrawn before it went out",
  opened: "Join page opened",
  joined: "Joined",
  revoked: "Revoked",
  expired: "Expired",
};

/** Of which mail it is told, in its own words. */
const letters = { invitation: "Mail", again: "New mail", reminder: "Reminder" };

const waits: Record<string, string> = {
  daily_cap: "the day's mails are used up",
  quiet_hours: "quiet hours of the account",
  breaker: "the account's mails are stopped",
};

const bad = new Set<Step["what"]>(["bounced", "complained", "failed", "unknown"]);

/** What happened, each with its moment. */
export function Timeline({ steps }: { steps: Step[] }) {
  return (
    <ol className="space-y-1 border-base-300 border-l-2 pl-4">
      {steps.map((step) => (
        <li key={`${step.what} ${"letter" in step ? step.letter : ""} ${step.at.toISOString()}`}>
          <span className={bad.has(step.what) ? "font-medium text-error" : "font-medium"}>
            {"letter" in step ? what[step.what].replace(/^Mail/, letters[step.letter]) : what[step.what]}
          </span>{" "}
          {"isOpenEnded" in step && step.isOpenEnded ? "somebody lets it go on" : <Moment at={step.at} />}
          {"detail" in step && step.detail && (
            <span className="block break-words text-base-content/75 text-sm">
              {waits[step.detail] ?? step.detail}
            </span>
          )}
        </li>
      ))}
    </ol>
  );
}
