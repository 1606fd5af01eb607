import { isMailLanguage, type MailLanguage } from "#lib/mail/mail-language.ts";
import { isOwnTextKind, type OwnTextKind } from "#lib/mail/own-text-field.ts";

export type PreviewWish = { kind: OwnTextKind; language: MailLanguage };

/** Which mail is looked at; the invitation in English where the address names none. */
export const previewWish = (kind: string | undefined, language: string | undefined): PreviewWish => ({
  kind: kind && isOwnTextKind(kind) ? kind : "invitation",
  language: language && isMailLanguage(language) ? language : "en",
});
