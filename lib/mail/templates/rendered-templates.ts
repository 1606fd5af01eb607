import type { MailLanguage } from "../mail-language.ts";
import accountActivatedEn from "../rendered/account_activated.en.json" with { type: "json" };
import invitationEn from "../rendered/invitation.en.json" with { type: "json" };
import removalsWaitingEn from "../rendered/removals_waiting.en.json" with { type: "json" };
import runEndedEn from "../rendered/run_ended.en.json" with { type: "json" };
import signInLinkEn from "../rendered/sign_in_link.en.json" with { type: "json" };
import type { MailKind, Template } from "./template-slots.ts";

/** Written by `node lib/mail/templates/render.ts`; a test fails when they are older than the templates. */
export const renderedTemplates: Record<MailKind, { en: Template } & Partial<Record<MailLanguage, Template>>> =
  {
    account_activated: { en: accountActivatedEn },
    invitation: { en: invitationEn },
    removals_waiting: { en: removalsWaitingEn },
    run_ended: { en: runEndedEn },
    sign_in_link: { en: signInLinkEn },
  };
