import { render, toPlainText } from "@react-email/render";
import type { ReactElement } from "react";
import type { MailLanguage } from "../mail-language.ts";
import { AccountActivated, accountActivatedSubject } from "./account-activated.tsx";
import { Invitation, invitationSubject } from "./invitation.tsx";
import { RemovalsWaiting, removalsWaitingSubject } from "./removals-waiting.tsx";
import { RunEnded, runEndedSubject } from "./run-ended.tsx";
import { SignInLink, signInLinkSubject } from "./sign-in-link.tsx";
import type { MailKind, Template } from "./template-slots.ts";

type Source = { subject: string; body: (language: MailLanguage) => ReactElement };

const sources: Record<MailKind, Source> = {
  invitation: { subject: invitationSubject, body: (language) => <Invitation language={language} /> },
  sign_in_link: { subject: signInLinkSubject, body: (language) => <SignInLink language={language} /> },
  account_activated: {
    subject: accountActivatedSubject,
    body: (language) => <AccountActivated language={language} />,
  },
  run_ended: { subject: runEndedSubject, body: (language) => <RunEnded language={language} /> },
  removals_waiting: {
    subject: removalsWaitingSubject,
    body: (language) => <RemovalsWaiting language={language} />,
  },
};

/** Slow (3 ms and the whole of React): run when templates change, never per mail. */
export async function renderTemplate(kind: MailKind, language: MailLanguage): Promise<Template> {
  const { subject, body } = sources[kind];
  const html = (await render(body(language))).replace(/<!--[^[].*?-->/g, "");
  const text = toPlainText(html, {
    selectors: [
      { selector: "[data-skip-in-text]", format: "skip" },
      { selector: "h1", options: { uppercase: false } },
    ],
  });
  return { subject, html, text: `${text.trim().replace(" {{link}}", ":\n{{link}}")}\n` };
}
