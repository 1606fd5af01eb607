import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { type Transaction, withAccount } from "#lib/db/with-account.ts";
import type { ProviderEvent } from "./read-event.ts";

type Mail = { id: string; kind: string; state: string; recipient: string; run_id: string | null };

/**
 * Each event once, however often and in whatever order they come; answers whether it speaks against the account's mails.
 * Events of mails that are not there are passed over. The mail is found by its own id: the provider may tell what became
 * of it before it has answered that it takes it.
 */
export function writeEvent(event: ProviderEvent): Promise<boolean> {
  const actor = systemActor(event.accountId, "mail provider");
  return withAccount(actor, async (tx) => {
    const [mail] = await tx.execute<Mail>(sql`
      select id, kind, state, recipient, run_id from emails
      where account_id = ${event.accountId} and id = ${event.mailId} for no key update`);
    if (!mail) return false;
    if (event.kind === "failed") {
      await noteFailure(tx, mail, event);
      return false;
    }
    const news = await tx.execute(sql`
      insert into mail_events (account_id, email_id, provider_event_id, kind, at, detail)
      values (${event.accountId}, ${mail.id}, ${event.id}, ${event.kind}, ${event.at.toISOString()}, ${event.detail})
      on conflict (account_id, provider_event_id) do nothing`);
    if (news.count === 0) return false;
    await stamp(tx, mail, event);
    if (event.kind === "delivered" || (event.kind === "bounced" && !event.lasting)) return false;
    await count(tx, event.kind);
    const userId = await suppress(tx, mail, event.kind);
    await recordEvent(tx, actor, {
      action: event.kind === "bounced" ? "mail.bounced" : "mail.complained",
      ...(userId ? { subjectKind: "user", subjectId: userId } : {}),
      details: { address: mail.recipient, mail: mail.kind, said: event.detail },
    });
    return true;
  });
}

/** Whatever else is told of it, the provider has taken the mail: nobody need decide about it, nor is it sent again. */
async function stamp(tx: Transaction, mail: Mail, { kind, at, providerId }: ProviderEvent): Promise<void> {
  const column = sql.identifier(`${kind}_at`);
  const wasOpen = mail.state === "unknown" || mail.state === "queued";
  await tx.execute(sql`
    update emails set ${column} = least(${column}, ${at.toISOString()}::timestamptz),
      provider_id = coalesce(provider_id, ${providerId}),
      state = case when ${wasOpen} then 'sent' else state end,
      sent_at = case when ${wasOpen} then coalesce(sent_at, ${at.toISOString()}::timestamptz) else sent_at end,
      error = case when ${wasOpen} then null else error end
    where id = ${mail.id}`);
  if (wasOpen) await recount(tx, mail, "sent");
}

/** The provider took it, and could not send it after all; told before it was known that it took it, that waits till then. */
async function noteFailure(tx: Transaction, mail: Mail, { at, detail }: ProviderEvent): Promise<void> {
  const error = detail ?? "the provider could not send it";
  if (mail.state === "sending")
    await tx.execute(
      sql`update emails set failed_at = ${at.toISOString()}, error = ${error} where id = ${mail.id}`,
    );
  if (mail.state !== "sent" && mail.state !== "unknown") return;
  await tx.execute(sql`update emails set state = 'failed', error = ${error} where id = ${mail.id}`);
  await recount(tx, mail, "failed");
}

const recount = (tx: Transaction, { run_id, state }: Mail, to: "sent" | "failed") => {
  const from = sql.identifier(state);
  const into = sql.identifier(to);
  return run_id === null
    ? null
    : tx.execute(sql`
        update run_mail_counts set ${from} = ${from} - 1, ${into} = ${into} + 1 where run_id = ${run_id}`);
};

const count = (tx: Transaction, kind: "bounced" | "complained") => {
  const column = sql.identifier(kind);
  return tx.execute(sql`
    insert into mail_days as d (account_id, day, ${column}) values (current_account(), mail_day(now()), 1)
    on conflict (account_id, day) do update set ${column} = d.${column} + 1`);
};

/** Nothing more goes to the address. Answers whose it is. */
async function suppress(tx: Transaction, mail: Mail, reason: "bounced" | "complained") {
  const address = sql`lower(${mail.recipient}::text collate "C")`;
  await tx.execute(sql`
    insert into suppressed_addresses (account_id, email_norm, reason, email_id)
    values (current_account(), ${address}, ${reason}, ${mail.id})
    on conflict (account_id, email_norm) do update set reason = excluded.reason, email_id = excluded.email_id
      where excluded.reason = 'complained'`);
  const [user] = await tx.execute<{ id: string }>(sql`
    select id from users where account_id = current_account() and email_norm = ${address}`);
  if (user && reason === "bounced")
    await tx.execute(sql`
      update users set email_validation = 'bounced', version = version + 1, updated_at = now()
      where id = ${user.id} and email_validation is distinct from 'bounced'`);
  return user?.id;
}
