import type { Letter } from "#lib/mail/pump/letter.ts";

/** An invitation as the outbox holds it, on its first attempt. */
export function sampleLetter(changes: Partial<Letter> = {}): Letter {
  return {
    id: "1",
    account_id: "2",
    kind: "invitation",
    language: "en",
    recipient: "lee@acme.test",
    subject_id: "01a19467-e800-7000-8000-000000000003",
    generation: 1,
    provider: "resend",
    attempts: 1,
    hours_old: 1,
    hours_since_first_attempt: 1,
    created_at: new Date(0),
    first_attempt_at: new Date(0),
    account_slug: "acme",
    account_name: "Acme",
    sender_name: null,
    reply_to: null,
    logo_color: null,
    time_zone: "UTC",
    own_text: null,
    message: null,
    inviter_name: null,
    expires_at: null,
    stopped_because: null,
    run: null,
    withdrawn_because: null,
    held_back: null,
    ...changes,
  };
}
