/**
 * What a template may ask for. "name": text that a person chose, one line, shown but never a link; "phrase": a name within
 * words of ours; "prose": several lines of such text; "quote": the same, which may be absent, and then what stands around it is absent too; "address": a checked
 * address; "link": the one link of the mail, made by us; "text": words of ours, a date for instance; "color": #rrggbb.
 */
export type SlotKind = "name" | "phrase" | "prose" | "quote" | "address" | "link" | "text" | "color";

/** What every mail has: whose it is, in whose colours (in light and in dark), to whom, and its link. */
const frame = {
  accountName: "name",
  brand: "color",
  onBrand: "color",
  edge: "color",
  darkBrand: "color",
  onDarkBrand: "color",
  recipient: "address",
  link: "link",
} as const;

const offer = { ...frame, inviterName: "name", purpose: "prose", message: "quote", expires: "text" } as const;

export const templateSlots = {
  invitation: offer,
  reminder: offer,
  sign_in_link: { ...frame, expires: "text" },
  address_proof: { ...frame, expires: "text" },
  account_activated: frame,
  run_ended: { ...frame, what: "phrase", ending: "text", counts: "text" },
  removals_waiting: { ...frame, what: "phrase", askedBy: "name", people: "text" },
  mail_stopped: { ...frame, why: "text" },
  sync_failed: { ...frame, askedBy: "name" },
  sync_overdue: { ...frame, days: "text" },
} as const satisfies Record<string, Record<string, SlotKind>>;

export type MailKind = keyof typeof templateSlots;
type Slots<K extends MailKind> = (typeof templateSlots)[K];
export type SlotValues<K extends MailKind> = {
  [S in keyof Slots<K>]: Slots<K>[S] extends "quote" ? string | null : string;
};

export const mailKinds = Object.keys(templateSlots) as MailKind[];

export const isMailKind = (kind: string): kind is MailKind => Object.hasOwn(templateSlots, kind);

/** A mail with `{{slot}}` where a value goes, and `{{#slot}}…{{/slot}}` around what is there only if the value is. */
export type Template = { subject: string; html: string; text: string };

export const slotPattern = /\{\{([#/]?)([a-zA-Z]+)\}\}/g;
