import type { MailKind } from "../template-slots.ts";

/** The phrases of one mail, with `{{slot}}` where a value goes. */
export type Phrases = {
  subject: string;
  /** What a list of mails shows beside the subject. */
  preview: string;
  heading: string;
  body: readonly string[];
  button: string;
  note: string | null;
  /** Why it was sent, and to whom. */
  footer: string;
};

/** One and many of it, the number as it is written in the language. */
type Counted = (number: string, isOne: boolean) => string;

export type RunWords = {
  work: Record<
    "import" | "bulk_invite" | "bulk_change" | "directory_sync" | "undo",
    { of: (file: string) => string; alone: string }
  >;
  endings: Record<"completed" | "failed" | "cancelled", string>;
  lines: Counted;
  counts: Record<
    "created" | "updated" | "deleted" | "activated" | "unchanged" | "skipped" | "failed",
    Counted
  >;
  nothing: string;
  /** `lines` may be absent. */
  sentence: (lines: string | null, counts: readonly string[]) => string;
  people: Counted;
  days: Counted;
  /** Who asks for what comes by itself. */
  bySchedule: string;
  /** What is said besides. */
  cutShort: string;
  heldBack: Counted;
  mendable: string;
  /** Between two sentences. */
  gap: string;
};

/** All that mails say in one language: a phrase that is missing does not compile. */
export type MailWords = {
  letters: Record<MailKind, Phrases>;
  /** What an invitation is for, unless the account says it. */
  purpose: Record<"invitation" | "reminder", string>;
  /** Above the words of whoever invites. */
  quoted: string;
  anAdministrator: string;
  stopped: Record<"bounces" | "complaints" | "other", string>;
  run: RunWords;
};
