import { isMailLanguage, type MailLanguage, mailLanguages } from "#lib/mail/mail-language.ts";

/** How files call the languages that mails are written in, besides their codes; in lower case. */
const names: Record<MailLanguage, string> = {
  en: "eng english englisch inglés ingles 英語",
  de: "deu ger german deutsch alemán aleman ドイツ語",
  es: "spa spanish spanisch español espanol castellano スペイン語",
  ja: "jpn jp japanese japanisch japonés japones 日本語 nihongo",
};

const codeOfName = new Map(
  (Object.keys(names) as MailLanguage[]).flatMap((code) =>
    names[code].split(" ").map((name) => [name, code]),
  ),
);

/** The language that a value names, by its code ("de", "de-AT", "de_DE") or its name ("German (Austria)"); null: none of ours. */
export function readLanguage(value: string): MailLanguage | null {
  const word = value
    .normalize("NFC")
    .toLowerCase()
    .replace(/\s*\([^()]*\)$/, "");
  const code = /^[a-z]{2,3}(?=[-_]|$)/.exec(word)?.[0] ?? "";
  return isMailLanguage(code) ? code : (codeOfName.get(code) ?? codeOfName.get(word) ?? null);
}

const list = Object.entries(mailLanguages).map(([code, name]) => `${code} (${name})`);

/** "en (English), de (Deutsch), es (Español) or ja (日本語)" */
export const languageChoices = `${list.slice(0, -1).join(", ")} or ${list.at(-1)}`;
