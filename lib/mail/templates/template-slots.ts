/**
 * What a template may ask for. "name": text that a person chose, shown but never a link; "address": a checked address;
 * "link": the one link of the mail, made by us; "text": words of ours, a date for instance.
 */
export type SlotKind = "name" | "address" | "link" | "text";

export const templateSlots = {
  invitation: {
    accountName: "name",
    inviterName: "name",
    recipient: "address",
    link: "link",
    expires: "text",
  },
  sign_in_link: { recipient: "address", link: "link", expires: "text" },
  account_activated: { accountName: "name", recipient: "address", link: "link" },
  run_ended: {
    accountName: "name",
    recipient: "address",
    what: "name",
    ending: "text",
    counts: "text",
    link: "link",
  },
  removals_waiting: {
    accountName: "name",
    recipient: "address",
    what: "name",
    askedBy: "name",
    people: "text",
    link: "link",
  },
} as const satisfies Record<string, Record<string, SlotKind>>;

export type MailKind = keyof typeof templateSlots;
export type SlotValues<K extends MailKind> = { [S in keyof (typeof templateSlots)[K]]: string };

export const mailKinds = Object.keys(templateSlots) as MailKind[];

/** A mail with `{{slot}}` where a value goes. */
export type Template = { subject: string; html: string; text: string };

export const slotPattern = /\{\{([a-zA-Z]+)\}\}/g;
