import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import { controlOf } from "./person/control-of.ts";
import { mailKeysOf } from "./person/mails-of.ts";
import { sessionsOf } from "./person/sessions-of.ts";
import type { SessionView } from "./session-view.ts";

export type MailState =
  | "queued"
  | "sending"
  | "sent"
  | "in_local_mailbox"
  | "failed"
  | "unknown"
  | "withdrawn";

export type PersonMail = { id: string; kind: string; state: MailState; at: Date; sentAt: Date | null };

export type Activity = { sessions: SessionView[]; mails: PersonMail[] };

const mostMails = 50;

/** What the person does: their latest sessions and mails; null of somebody who is not managed, and of nobody. */
export async function findActivity(actor: UserActor, userId: string): Promise<Activity | null> {
  authorize(actor, "users.activity");
  return withAccount(actor, async (tx) => {
    const control = await controlOf(tx, actor, userId);
    if (control === "not_found" || control === "unmanaged") return null;
    return { sessions: await sessionsOf(tx, userId), mails: await mailsOf(tx, userId) };
  });
}

async function mailsOf(tx: Transaction, userId: string): Promise<PersonMail[]> {
  const keys = await mailKeysOf(tx, userId);
  const rows = await tx.execute<{
    id: string;
    kind: string;
    state: MailState;
    created_at: string;
    sent_at: string | null;
  }>(
    sql`select id, kind, state, created_at, sent_at from emails where key = any (${sql.param(keys)}::text[])
      order by id desc limit ${mostMails}`,
  );
  return [...rows].map(({ created_at, sent_at, ...mail }) => ({
    ...mail,
    at: new Date(created_at),
    sentAt: sent_at === null ? null : new Date(sent_at),
  }));
}
