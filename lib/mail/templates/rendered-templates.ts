import accountActivatedEn from "../rendered/account_activated.en.json" with { type: "json" };
import invitationEn from "../rendered/invitation.en.json" with { type: "json" };
import signInLinkEn from "../rendered/sign_in_link.en.json" with { type: "json" };
import type { MailKind, MailLanguage, Template } from "./template-slots.ts";

/** Written by `node lib/mail/templates/render.ts`; a test fails when they are older than the templates. */
export const renderedTemplates: Record<MailKind, Record<MailLanguage, Template>> = {
  account_activated: { en: accountActivatedEn },
  invitation: { en: invitationEn },
  sign_in_link: { en: signInLinkEn },
};
