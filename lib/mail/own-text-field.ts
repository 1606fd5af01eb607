import { type MailLanguage, mailLanguageCodes } from "./mail-language.ts";

/** The mails of which an account may say in its own words what they are for. */
export const ownTextKinds = ["invitation", "reminder"] as const;
export type OwnTextKind = (typeof ownTextKinds)[number];

export type OwnTextField = `text.${OwnTextKind}.${MailLanguage}`;

/** How a text of the account is called, in its form and in the audit. */
export const ownTextField = <K extends string, L extends string>(kind: K, language: L) =>
  `text.${kind}.${language}` as const;

export const ownTextFields: OwnTextField[] = ownTextKinds.flatMap((kind) =>
  mailLanguageCodes.map((language) => ownTextField(kind, language)),
);

export const isOwnTextKind = (text: string): text is OwnTextKind =>
  ownTextKinds.some((kind) => kind === text);
