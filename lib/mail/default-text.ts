import type { MailLanguage } from "./mail-language.ts";
import type { OwnTextKind } from "./own-text-field.ts";
import { wordsOf } from "./templates/words/words-of.ts";

/** What a mail says it is for where the account says nothing of its own. */
export const defaultText = (kind: OwnTextKind, language: MailLanguage): string =>
  wordsOf[language].purpose[kind];
