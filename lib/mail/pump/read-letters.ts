import { type SQL, sql } from "drizzle-orm";
import { readAccountByKey } from "#lib/db/read-account.ts";
import type { Letter } from "./letter.ts";
import { recallLook } from "./recall-look.ts";
import { countHeldBack, runTold } from "./run-told.ts";

/** Reads account by account, as the account: the pump itself sees ids only. In the order of their ids. */
export async function readLetters(mails: { accountId: string; id: string }[]): Promise<Letter[]> {
  const byAccount = Map.groupBy(mails, (mail) => mail.accountId);
  const letters = await Promise.all(
    [...byAccount].map(([accountId, its]) =>
      lettersOf(
        accountId,
        its.map((mail) => mail.id),
      ),
    ),
  );
  // The order is part of the body, and a repeated batch must have the same body.
  return letters.flat().sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function lettersOf(accountId: string, ids: string[]): Promise<Letter[]> {
  const [letters] = await readAccountByKey<[Letter]>({ accountId }, letterQuery(ids));
  await countHeldBack(accountId, letters);
  await recallLook(accountId, letters);
  return letters;
}

/** A lateral with a limit is looked up by key, mail by mail; of tables without statistics, right after an import, a plain
 * join reads the whole account. */
function letterQuery(ids: string[]): SQL {
  return sql`
    select e.id, e.account_id, e.kind, e.language, e.recipient, e.subject_id, e.generation, e.provider, e.attempts, e.created_at, e.first_attempt_at,
      (extract(epoch from now() - e.created_at) / 3600)::float8 as hours_old,
      (extract(epoch from now() - e.first_attempt_at) / 3600)::float8 as hours_since_first_attempt,
      a.name as account_name, a.slug as account_slug, a.sender_name, a.reply_to, a.logo_color, a.time_zone,
      (select text from account_texts where account_id = e.account_id and language = e.language and kind = e.kind) as own_text,
      i.message, case e.generation when 2 then 'complaints' else 'bounces' end as stopped_because, ${runTold} as run,
      coalesce(i.expires_at, t.expires_at, p.expires_at) as expires_at,
      coalesce(nullif(concat_ws(' ', inviter.first_name, inviter.last_name), ''), inviter.email) as inviter_name,
      case
        when e.kind in ('invitation', 'reminder') and i.state is distinct from 'open' then 'the invitation is no longer open'
        when e.kind in ('invitation', 'reminder') and i.generation <> e.generation then 'a newer invitation was sent'
        when e.kind = 'reminder' and i.reminders_stopped_at is not null then 'the person wants no reminders'
        when e.kind = 'sign_in_link' and (t.id is null or t.used_at is not null) then 'the link was used'
        when e.kind = 'address_proof' and (p.id is null or p.used_at is not null) then 'the link was used'
        when e.kind = 'mail_stopped' and a.mail_stopped_at is null then 'the mails go on already'
        when e.kind = 'removals_waiting' and not exists (
          select from runs r where r.account_id = e.account_id and r.id = e.subject_id and r.removals = 'waiting')
          then 'somebody has decided already'
        when e.kind = 'sync_overdue' and not exists (
          select from directories d where d.account_id = e.account_id and d.id = e.subject_id and d.alerted_at is not null)
          then 'a sync was completed meanwhile'
        when coalesce(i.expires_at, t.expires_at, p.expires_at) < now() then 'it has expired'
        when e.kind <> 'sign_in_link' then (select 'the address ' || s.reason from suppressed_addresses s
          where s.account_id = e.account_id and s.email_norm = e.recipient_norm)
      end as withdrawn_because,
      case
        when a.suspended_at is not null then 'suspended'
        when e.kind <> 'sign_in_link' and exists (select from users paused
          where paused.mails_paused and paused.account_id = e.account_id and paused.email_norm = e.recipient_norm) then 'paused'
      end as held_back
    from (select *, lower(recipient collate "C") as recipient_norm from emails where id = any (${sql.param(ids)}::uuid[])) e
    join accounts a on a.id = e.account_id
    left join lateral (select * from invitations
      where e.kind in ('invitation', 'reminder') and account_id = e.account_id and id = e.subject_id limit 1) i on true
    left join lateral (select * from users
      where account_id = i.account_id and id = i.invited_by limit 1) inviter on true
    left join lateral (select * from sign_in_tokens
      where e.kind = 'sign_in_link' and account_id = e.account_id and id = e.subject_id limit 1) t on true
    left join lateral (select * from address_proofs
      where e.kind = 'address_proof' and account_id = e.account_id and id = e.subject_id limit 1) p on true`;
}
