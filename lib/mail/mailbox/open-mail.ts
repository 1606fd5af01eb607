import type { FilledMail } from "../fill-template.ts";
import type { Letter } from "../pump/letter.ts";
import { renderLetter, type Stationery } from "../pump/render-letter.ts";
import { escapeHtml } from "../templates/clean-text.ts";

export type MailboxMail = {
  id: string;
  recipient: string;
  subject: string;
  at: Date;
  html: string;
  text: string;
};

/** Nothing is stored but ids: a mail is rendered when it is looked at. */
export function openMail(letter: Letter, stationery: Stationery): MailboxMail {
  const { id, recipient, created_at: at } = letter;
  return { id, recipient, at: new Date(at), ...renderOrSayWhy(letter, stationery) };
}

// One mail whose subject has been deleted since must not take the whole mailbox away.
function renderOrSayWhy(letter: Letter, stationery: Stationery): FilledMail {
  try {
    return renderLetter(letter, stationery);
  } catch (error) {
    const text = `This mail can no longer be shown. ${(error as Error).message}`;
    return { subject: "This mail can no longer be shown", text, html: `<p>${escapeHtml(text)}</p>` };
  }
}
