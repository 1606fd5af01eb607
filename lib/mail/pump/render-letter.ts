import { type FilledMail, fillTemplate } from "../fill-template.ts";
import { isMailLanguage, type MailLanguage } from "../mail-language.ts";
import { brandColors } from "../templates/brand-colors.ts";
import { senderName } from "../templates/sender-name.ts";
import { isMailKind, type MailKind } from "../templates/template-slots.ts";
import { wordsOf } from "../templates/words/words-of.ts";
import { formatDate } from "./format-date.ts";
import type { Letter } from "./letter.ts";
import { linkOfLetter, type Stationery } from "./link-of-letter.ts";
import { overdueValues, removalsValues, runEndedValues, syncFailedValues } from "./run-values.ts";

export type { Stationery };

/** `from`: how the sender is called; the address is the transport's. `replyTo`: an address, or none. */
export type RenderedLetter = FilledMail & { from: string; replyTo: string | null };

/** Of a letter what its mail tells. */
export type Told = Omit<
  Letter,
  | "id"
  | "account_id"
  | "provider"
  | "attempts"
  | "hours_old"
  | "hours_since_first_attempt"
  | "created_at"
  | "first_attempt_at"
  | "withdrawn_because"
  | "held_back"
>;

/** Pure: the same letter gives the same mail. Throws on a letter that no template fits. */
export function renderLetter(letter: Told, stationery: Stationery): RenderedLetter {
  if (!isMailKind(letter.kind)) throw new Error(`There is no mail of the kind ${letter.kind}.`);
  const filled = fillers[letter.kind](letter, languageOf(letter), frameOf(letter, stationery));
  return { ...filled, from: senderName(letter.sender_name ?? letter.account_name), replyTo: letter.reply_to };
}

type Frame = ReturnType<typeof frameOf>;

function frameOf(letter: Told, stationery: Stationery) {
  return {
    accountName: letter.account_name,
    recipient: letter.recipient,
    link: linkOfLetter(letter, stationery),
    ...brandColors(letter.logo_color),
  };
}

const fillers: Record<MailKind, (letter: Told, language: MailLanguage, frame: Frame) => FilledMail> = {
  invitation: (letter, language, frame) => offer("invitation", letter, language, frame),
  reminder: (letter, language, frame) => offer("reminder", letter, language, frame),
  sign_in_link: (letter, language, frame) =>
    fillTemplate("sign_in_link", language, { ...frame, expires: minute(language, letter) }),
  address_proof: (letter, language, frame) =>
    fillTemplate("address_proof", language, { ...frame, expires: minute(language, letter) }),
  account_activated: (_, language, frame) => fillTemplate("account_activated", language, frame),
  run_ended: ({ run }, language, frame) =>
    fillTemplate("run_ended", language, { ...frame, ...runEndedValues(run, language) }),
  removals_waiting: ({ run }, language, frame) =>
    fillTemplate("removals_waiting", language, { ...frame, ...removalsValues(run, language) }),
  mail_stopped: ({ stopped_because: because }, language, frame) => {
    const { stopped } = wordsOf[language];
    return fillTemplate("mail_stopped", language, { ...frame, why: stopped[because ?? "other"] });
  },
  sync_failed: ({ run }, language, frame) =>
    fillTemplate("sync_failed", language, { ...frame, ...syncFailedValues(run, language) }),
  // The days are its generation: they stay as they are.
  sync_overdue: ({ generation: days }, language, frame) =>
    fillTemplate("sync_overdue", language, { ...frame, ...overdueValues(days, language) }),
};

function offer(
  kind: "invitation" | "reminder",
  letter: Told,
  language: MailLanguage,
  frame: Frame,
): FilledMail {
  const words = wordsOf[language];
  return fillTemplate(kind, language, {
    ...frame,
    inviterName: letter.inviter_name ?? words.anAdministrator,
    purpose: letter.own_text ?? words.purpose[kind],
    message: letter.message,
    expires: formatDate("day", language, letter.expires_at, letter.time_zone),
  });
}

const minute = (language: MailLanguage, { expires_at, time_zone }: Told): string =>
  formatDate("minute", language, expires_at, time_zone);

function languageOf(letter: Told): MailLanguage {
  return isMailLanguage(letter.language) ? letter.language : "en";
}
