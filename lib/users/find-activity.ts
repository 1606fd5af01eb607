import { sql } from "drizzle-orm";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import type { MailStanding, WaitsFor } from "#lib/mail/mail-standing.ts";
import { controlOf } from "./person/control-of.ts";
import { mailKeysOf } from "./person/mails-of.ts";
import { sessionsOf } from "./person/sessions-of.ts";
import type { SessionView } from "./session-view.ts";

/** `waitsFor`, `dueAt`: of a queued mail that waits for more than its turn. */
export type PersonMail = {
  id: string;
  kind: string;
  standing: MailStanding;
  at: Date;
  sentAt: Date | null;
  waitsFor: WaitsFor | null;
  dueAt: Date | null;
};

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
    standing: MailStanding;
    created_at: string;
    sent_at: string | null;
    waits_for: WaitsFor | null;
    due_at: string | null;
  }>(
    sql`select id, kind, standing, created_at, sent_at, waits_for,
        case when waits_for is not null and next_attempt_at < 'infinity' then next_attempt_at end as due_at
      from emails e where key = any (${sql.param(keys)}::text[])
      order by id desc limit ${mostMails}`,
  );
  return [...rows].map(({ created_at, sent_at, waits_for: waitsFor, due_at, ...mail }) => ({
    ...mail,
    waitsFor,
    dueAt: due_at === null ? null : new Date(due_at),
    at: new Date(created_at),
    sentAt: sent_at === null ? null : new Date(sent_at),
  }));
}
