import { sql } from "drizzle-orm";
import { accountLess } from "#lib/db/account-less.ts";
import { withAccount } from "#lib/db/with-account.ts";

export type QueuedRun = {
  account: string;
  suspended: boolean;
  id: string;
  kind: string;
  state: string;
  /** When it was asked for. */
  since: Date;
  /** Until when a worker holds it; null: nobody does. */
  leaseUntil: Date | null;
};
export type WaitingMails = {
  account: string;
  suspended: boolean;
  queued: number;
  sending: number;
  unknown: number;
};

/** For the operator: what all accounts wait for, in the order in which it was asked for, and their mails. */
export async function listQueue(): Promise<{ runs: QueuedRun[]; mails: WaitingMails[] }> {
  const runs: QueuedRun[] = [];
  const mails: WaitingMails[] = [];
  for (const { account_id: accountId } of await accountLess.accounts()) {
    await withAccount({ accountId }, async (tx) => {
      const open = await tx.execute<
        Omit<QueuedRun, "since" | "leaseUntil"> & { since: string; lease: string | null }
      >(sql`
        select a.slug as account, a.suspended_at is not null as suspended, r.id, r.kind, r.state,
          r.requested_at as since, case when r.lease is not null and r.lease_until > now() then r.lease_until end as lease
        from runs r join accounts a on a.id = r.account_id
        where r.state in ('queued', 'reading', 'planning', 'applying') or (r.state = 'planned' and r.mode = 'apply')`);
      for (const { since, lease, ...run } of open)
        runs.push({ ...run, since: new Date(since), leaseUntil: lease ? new Date(lease) : null });
      const waiting = await tx.execute<WaitingMails>(sql`
        select a.slug as account, a.suspended_at is not null as suspended,
          count(*) filter (where e.state = 'queued')::int as queued,
          count(*) filter (where e.state = 'sending')::int as sending,
          count(*) filter (where e.state = 'unknown')::int as unknown
        from emails e join accounts a on a.id = e.account_id
        where e.state in ('queued', 'sending', 'unknown') group by 1, 2`);
      mails.push(...waiting);
    });
  }
  return { runs: runs.toSorted((one, other) => one.since.getTime() - other.since.getTime()), mails };
}
