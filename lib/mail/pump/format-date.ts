import type { MailLanguage } from "../mail-language.ts";

export const locales: Record<MailLanguage, string> = { en: "en-GB", de: "de-DE", es: "es-ES", ja: "ja-JP" };

const formats = {
  day: { dateStyle: "long" },
  minute: {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
  },
} as const;

const formatters = new Map<string, Intl.DateTimeFormat>();
let latest = { asked: "", text: "" };

/** In words of the language, by the clocks of the time zone (IANA). A minute names its zone. Throws without a date. */
export function formatDate(
  name: keyof typeof formats,
  language: MailLanguage,
  at: Date | string | null,
  timeZone: string,
): string {
  if (at === null) throw new Error("The mail's subject is gone, so it has no expiry date.");
  const key = `${name} ${language} ${timeZone}`;
  // The mails of an import expire together.
  const asked = `${key} ${at}`;
  if (latest.asked !== asked)
    latest = { asked, text: formatter(key, name, language, timeZone).format(new Date(at)) };
  return latest.text;
}

const mostFormatters = 200;

function formatter(key: string, name: keyof typeof formats, language: MailLanguage, timeZone: string) {
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locales[language], { ...formats[name], timeZone });
  if (formatters.size >= mostFormatters) formatters.clear();
  formatters.set(key, made);
  return made;
}
