import type { RunTold } from "./run-told.ts";

/** What the ids of an outbox row name. */
export type Letter = {
  id: string;
  account_id: string;
  kind: string;
  language: string;
  recipient: string;
  subject_id: string;
  generation: number;
  provider: string | null;
  attempts: number;
  hours_old: number;
  hours_since_first_attempt: number;
  created_at: Date;
  first_attempt_at: Date | null;
  account_name: string;
  account_slug: string;
  /** How the account wants its mails to look. */
  sender_name: string | null;
  reply_to: string | null;
  logo_color: string | null;
  time_zone: string;
  /** What the account says in a mail of this kind and language in place of our words. */
  own_text: string | null;
  /** What the inviter adds. */
  message: string | null;
  inviter_name: string | null;
  expires_at: Date | null;
  /** Why the account's mails were stopped, in a mail about that. */
  stopped_because: "bounces" | "complaints" | null;
  /** Of a mail about a run. */
  run: RunTold | null;
  /** Why the mail has lost its point since it was queued; null while it has one. */
  withdrawn_because: string | null;
  /** The account is suspended; or somebody holds back all mails to this person but the links that sign them in. */
  held_back: "suspended" | "paused" | null;
};
