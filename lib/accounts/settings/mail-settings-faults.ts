import { isMailLanguage } from "#lib/mail/mail-language.ts";
import { ownTextFields } from "#lib/mail/own-text-field.ts";
import { readProse } from "#lib/mail/read-prose.ts";
import { readEmailAddress } from "#lib/users/email-address.ts";
import type { MailSettings } from "./mail-settings-row.ts";

export type MailSettingsFaults = Partial<Record<keyof MailSettings, string>>;

const longestName = 100;
const longestUrl = 500;
const isMinute = (value: number) => Number.isInteger(value) && value >= 0 && value < 24 * 60;

/** What cannot be kept, as a sentence a field. Pure. */
export function mailSettingsFaults(wish: MailSettings): MailSettingsFaults {
  const faults = {
    senderName: senderNameFault(wish.senderName),
    replyTo:
      wish.replyTo !== null && !readEmailAddress(wish.replyTo).ok
        ? "This is not a valid e-mail address. Write one like help@example.com, or nothing."
        : null,
    logoColor:
      wish.logoColor !== null && !/^#[0-9a-f]{6}$/.test(wish.logoColor)
        ? "Write a colour like #005757, or nothing."
        : null,
    defaultLanguage: isMailLanguage(wish.defaultLanguage) ? null : "Choose one of these languages.",
    reminderDays:
      wish.reminderDays !== null &&
      !(Number.isInteger(wish.reminderDays) && inRange(wish.reminderDays, 1, 60))
        ? "A number of days from 1 to 60, or nothing."
        : null,
    ...quietFaults(wish),
    timeZone: isTimeZone(wish.timeZone) ? null : "Choose one of these time zones.",
    startHereUrl: startHereFault(wish.startHereUrl),
    ...Object.fromEntries(ownTextFields.map((field) => [field, textFault(wish[field])])),
  };
  return Object.fromEntries(Object.entries(faults).filter(([, sentence]) => sentence !== null));
}

const inRange = (value: number, least: number, most: number) => value >= least && value <= most;

function senderNameFault(name: string | null): string | null {
  if (name === null) return null;
  const length = [...name].length;
  if (length > longestName) return `This has ${length} characters; ${longestName} are the most.`;
  if (/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u.test(name))
    return "This has a character that cannot be seen.";
  if (/[<>"\\]/.test(name)) return "A sender's name cannot hold < > \" or \\.";
  const reading = readProse(name);
  return reading.ok ? null : "Write a name, not a link or an address.";
}

function quietFaults({ quietFrom: from, quietTo: to }: MailSettings) {
  if (from === null && to === null) return {};
  const missing = "Write both times like 22:00, or neither.";
  return {
    quietFrom: from === null || !isMinute(from) ? missing : null,
    quietTo:
      to === null || !isMinute(to) ? missing : from === to ? "This is the time when they begin." : null,
  };
}

let zones: Set<string> | null = null;

/** As `timeZones` lists them. */
function isTimeZone(name: string): boolean {
  zones ??= new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  return zones.has(name);
}

function startHereFault(text: string | null): string | null {
  if (text === null) return null;
  const fault = "Write a whole address that begins with https:// or http://, or nothing.";
  if (text.length > longestUrl) return `This is longer than ${longestUrl} characters.`;
  if (!URL.canParse(text) || /[\s<>"'\\]|\p{Cc}|\p{Cf}/u.test(text)) return fault;
  const { protocol, hostname, username, password } = new URL(text);
  if (username !== "" || password !== "") return "Leave the user and password out of it.";
  return ["https:", "http:"].includes(protocol) && hostname !== "" ? null : fault;
}

function textFault(text: string | null): string | null {
  const reading = readProse(text ?? "");
  return reading.ok ? null : reading.sentence;
}
