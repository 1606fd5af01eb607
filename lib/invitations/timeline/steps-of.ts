import type { MailStanding } from "#lib/mail/mail-standing.ts";
import type { InvitationState } from "../invitation-view.ts";

export type MailRow = Record<"state" | "created_at" | "next_attempt_at", string> &
  Record<
    | "provider"
    | "error"
    | "sent_at"
    | "first_attempt_at"
    | "delivered_at"
    | "bounced_at"
    | "complained_at"
    | "bounce",
    string | null
  > & {
    kind: "invitation" | "reminder";
    generation: number;
    standing: MailStanding;
    waits_for: "daily_cap" | "quiet_hours" | "breaker" | null;
  };

/** Which mail of the invitation: the first, one that was sent again, a reminder. */
export type Letter = "invitation" | "again" | "reminder";

/** Something that became of an invitation; `letter`: of which mail. */
export type Step =
  | { what: "invited" | "opened" | "joined" | "revoked" | "expired"; at: Date }
  | { what: MailStep; at: Date; letter: Letter; detail: string | null }
  /** `at`: when it goes out at the earliest, or of what nobody can say, now; `isOpenEnded` tells which. */
  | {
      what: "waits";
      at: Date;
      isOpenEnded: boolean;
      letter: Letter;
      detail: "daily_cap" | "quiet_hours" | "breaker";
    };

type MailStep =
  | "queued"
  | "sent"
  | "handed_over"
  | "in_local_mailbox"
  | "delivered"
  | "bounced"
  | "complained"
  | "failed"
  | "unknown"
  | "withdrawn";

type Dates = {
  createdAt: Date;
  openedAt: Date | null;
  endedAt: Date | null;
  expiresAt: Date;
  state: InvitationState;
};

/** In the order in which it happened; of the same moment in the order in which it can happen. */
export function stepsOf(invitation: Dates, mails: MailRow[]): Step[] {
  const { createdAt, openedAt, endedAt, expiresAt, state } = invitation;
  const steps: Step[] = [{ what: "invited", at: createdAt }, ...mails.flatMap(stepsOfMail)];
  if (openedAt) steps.push({ what: "opened", at: openedAt });
  if (state === "accepted" && endedAt) steps.push({ what: "joined", at: endedAt });
  if (state === "revoked" && endedAt) steps.push({ what: "revoked", at: endedAt });
  if (state === "expired") steps.push({ what: "expired", at: endedAt ?? expiresAt });
  return steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function stepsOfMail(mail: MailRow): Step[] {
  const letter: Letter = mail.kind === "reminder" ? "reminder" : mail.generation > 1 ? "again" : "invitation";
  const steps: Step[] = [];
  const add = (what: MailStep, at: string | null, detail: string | null = null) => {
    if (at !== null) steps.push({ what, at: new Date(at), letter, detail });
  };
  add("queued", mail.created_at);
  if (mail.state === "in_local_mailbox") add("in_local_mailbox", mail.sent_at ?? mail.created_at);
  if (mail.state === "sent") add(mail.provider === "smtp" ? "handed_over" : "sent", mail.sent_at);
  // Told in whatever order; when it was given up is not kept.
  add("delivered", mail.delivered_at);
  add("bounced", mail.bounced_at, mail.bounce);
  add("complained", mail.complained_at);
  if (mail.state === "failed" || mail.state === "unknown" || mail.state === "withdrawn")
    add(mail.state, mail.first_attempt_at ?? mail.created_at, mail.error);
  if (mail.state === "queued" && mail.waits_for) {
    const isOpenEnded = mail.next_attempt_at === "infinity";
    const at = isOpenEnded ? new Date() : new Date(mail.next_attempt_at);
    steps.push({ what: "waits", at, isOpenEnded, letter, detail: mail.waits_for });
  }
  return steps;
}
