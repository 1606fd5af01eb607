import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { type FilledMail, fillTemplate } from "../fill-template.ts";
import { isMailLanguage, type MailLanguage } from "../mail-language.ts";
import type { Letter } from "./read-letters.ts";
import { renderRunLetter } from "./render-run-letter.ts";

/** `baseUrl`: the configured one, the only source of links. `tokenKey`: base64, for the links' HMAC. */
export type Stationery = { baseUrl: string; tokenKey: string };

/** Pure: the same letter gives the same mail. Throws on a letter that no template fits. */
export function renderLetter(letter: Letter, stationery: Stationery): FilledMail {
  const { account_name: accountName, recipient } = letter;
  const language = languageOf(letter);
  const link = linkOf(letter, stationery);
  if (letter.kind === "invitation") {
    const inviterName = letter.inviter_name ?? "An administrator";
    const expires = day(language, letter.expires_at);
    return fillTemplate("invitation", language, { accountName, inviterName, recipient, link, expires });
  }
  if (letter.kind === "sign_in_link") {
    return fillTemplate("sign_in_link", language, {
      recipient,
      link,
      expires: minute(language, letter.expires_at),
    });
  }
  if (letter.kind === "account_activated") {
    return fillTemplate("account_activated", language, { accountName, recipient, link });
  }
  if (letter.kind === "run_ended" || letter.kind === "removals_waiting") {
    return renderRunLetter(letter.kind, language, { ...letter, link });
  }
  throw new Error(`There is no mail of the kind ${letter.kind}.`);
}

function linkOf(letter: Letter, { baseUrl, tokenKey }: Stationery): string {
  const base = baseUrl.replace(/\/+$/, "");
  if (letter.kind === "invitation" || letter.kind === "reminder") {
    return `${base}/join/${mintLinkToken(tokenKey, "join", letter.subject_id, `mail:${letter.generation}`)}`;
  }
  if (letter.kind === "sign_in_link")
    return `${base}/sign-in/${mintLinkToken(tokenKey, "sign-in", letter.subject_id)}`;
  if (letter.run) return `${base}/a/${letter.account_slug}/runs/${letter.subject_id}`;
  return `${base}/sign-in`;
}

function languageOf(letter: Letter): MailLanguage {
  return isMailLanguage(letter.language) ? letter.language : "en";
}

const locales: Record<MailLanguage, string> = { en: "en-GB", de: "de-DE", es: "es-ES", ja: "ja-JP" };
const formats = {
  day: { dateStyle: "long", timeZone: "UTC" },
  minute: { dateStyle: "long", timeStyle: "short", timeZone: "UTC" },
} as const;
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(name: keyof typeof formats, language: MailLanguage, at: Date | string | null): string {
  if (at === null) throw new Error("The mail's subject is gone, so it has no expiry date.");
  const key = `${name} ${language}`;
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(locales[language], formats[name]);
  formatters.set(key, formatter);
  // The mails of an import expire together.
  const asked = `${key} ${at}`;
  if (latest.asked !== asked) latest = { asked, text: formatter.format(new Date(at)) };
  return latest.text;
}

let latest = { asked: "", text: "" };

const day = (language: MailLanguage, at: Date | null) => format("day", language, at);
const minute = (language: MailLanguage, at: Date | null) => `${format("minute", language, at)} UTC`;
