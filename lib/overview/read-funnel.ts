import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { matchingCap } from "#lib/db/keyset.ts";
import { readAccount } from "#lib/db/read-account.ts";

export type Step = "invited" | "delivered" | "opened" | "joined";

/** `week`: its Monday, UTC. `delivered`: as the provider told, or where it tells nothing, what it or the mailbox took. */
export type FunnelWeek = { week: Date } & Record<Step, number>;

/** `capped`: of some week more were opened or joined than are counted (10,000), or more mails than that wait for news. */
export type Funnel = { weeks: FunnelWeek[]; total: Record<Step, number>; capped: boolean };

export const weeksShown = 12;

type Row = { week: string; without_news: string } & Record<Step, string>;

/**
 * What became of invitations, by week, the last twelve. Invited and delivered are told by what each run counts itself, in
 * the week it was asked for, and by what was sent one by one; what the provider took and then told nothing good of is
 * taken off. Opened and joined are counted by index in the week they happened, up to a cap.
 */
export async function readFunnel(actor: Actor): Promise<Funnel> {
  authorize(actor, "users.view");
  const { accountId } = actor;
  const most = matchingCap + 1;
  const [rows] = await readAccount<[Row]>(
    actor,
    sql`
      with weeks as (
        select monday, monday at time zone 'UTC' as since, (monday + interval '1 week') at time zone 'UTC' as until
        from generate_series(date_trunc('week', now() at time zone 'UTC') - ${weeksShown - 1} * interval '1 week',
          date_trunc('week', now() at time zone 'UTC'), interval '1 week') as monday),
      mailed as (
        select date_trunc('week', r.requested_at at time zone 'UTC') as monday, m.sent + m.in_local_mailbox as taken,
          -- Of an import's mails those to people who were let in again are no invitations.
          greatest(0, m.queued + m.sent + m.in_local_mailbox + m.failed + m.unknown + m.withdrawn - r.activated) as invited
        from runs r join run_mail_counts m on m.account_id = r.account_id and m.run_id = r.id
        where r.account_id = ${accountId} and r.kind <> 'undo' and coalesce(r.options->>'action', '') <> 'resend'
          and r.id >= uuid_v7_floor((select min(since) from weeks) - interval '1 hour'))
      select to_char(w.monday, 'YYYY-MM-DD') as week, news.without as without_news,
        coalesce((select sum(invited) from mailed where monday = w.monday), 0) + single.invited as invited,
        greatest(0, coalesce((select sum(least(invited, taken)) from mailed where monday = w.monday), 0) + single.taken
          - news.without) as delivered,
        (select count(*) from (select from invitations i where i.account_id = ${accountId}
          and i.opened_at >= w.since and i.opened_at < w.until limit ${most}) capped) as opened,
        (select count(*) from (select from invitations i where i.account_id = ${accountId} and i.state = 'accepted'
          and i.ended_at >= w.since and i.ended_at < w.until limit ${most}) capped) as joined
      from weeks w
      cross join lateral (
        select count(*) as invited, count(m.id) as taken from (
          select i.account_id, 'invitation:' || i.id || ':' || i.generation as letter from invitations i
          where i.account_id = ${accountId} and i.source = 'invite' and i.id >= uuid_v7_floor(w.since)
            and i.id < uuid_v7_floor(w.until) limit ${most}) i
        left join emails m on m.account_id = i.account_id and m.key = i.letter and m.state in ('sent', 'in_local_mailbox')
        ) single
      cross join lateral (
        select count(*) as without from (select from emails m where m.account_id = ${accountId} and m.kind = 'invitation'
          and m.standing not in ('delivered', 'handed_over', 'in_local_mailbox') and m.standing in ('sent', 'bounced')
          and m.subject_id >= uuid_v7_floor(w.since) and m.subject_id < uuid_v7_floor(w.until) limit ${mostWithoutNews}) capped
        ) news
      order by w.monday`,
  );
  const isVague = rows.some((row) => Number(row.without_news) >= mostWithoutNews);
  return funnelOf(rows.map(toWeek), isVague);
}

/** Mails that a provider has just taken: of a large run as many as it sends in minutes. */
const mostWithoutNews = 100_000;

const toWeek = ({ week, ...counts }: Row): FunnelWeek => ({
  week: new Date(`${week}T00:00:00Z`),
  invited: Number(counts.invited),
  delivered: Number(counts.delivered),
  opened: Number(counts.opened),
  joined: Number(counts.joined),
});

function funnelOf(counted: FunnelWeek[], isVague: boolean): Funnel {
  const capped = isVague || counted.some(({ opened, joined }) => Math.max(opened, joined) > matchingCap);
  const weeks = counted.map((week) => ({
    ...week,
    opened: Math.min(week.opened, matchingCap),
    joined: Math.min(week.joined, matchingCap),
  }));
  const sum = (step: Step) => weeks.reduce((total, week) => total + week[step], 0);
  const total = {
    invited: sum("invited"),
    delivered: sum("delivered"),
    opened: sum("opened"),
    joined: sum("joined"),
  };
  return { weeks, total, capped };
}
