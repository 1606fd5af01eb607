import { type SQL, sql } from "drizzle-orm";

/** The languages that mails are written in, each by its own name. */
export const mailLanguages = { en: "English", de: "Deutsch", es: "Español", ja: "日本語" } as const;

export type MailLanguage = keyof typeof mailLanguages;

export const mailLanguageCodes = Object.keys(mailLanguages) as MailLanguage[];

export const isMailLanguage = (code: string): code is MailLanguage => Object.hasOwn(mailLanguages, code);

const codes = sql.raw(mailLanguageCodes.map((code) => `'${code}'`).join(", "));

/** The language of a mail: the one that the person's own tag names ("de", "de-AT") if it is one of ours, else the account's. */
export function mailLanguage(own: SQL): SQL {
  const code = sql`lower(split_part(translate(${own}, '_', '-'), '-', 1))`;
  return sql`case when ${code} in (${codes}) then ${code} else (select default_language from accounts) end`;
}
