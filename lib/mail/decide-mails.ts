import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { enqueue } from "#lib/jobs/enqueue.ts";

export type MailDecision = "send_again" | "leave";

type Decided = { ok: true; mails: number } | { ok: false; reason: "nothing_to_decide" };

/**
 * About mails that may not have arrived: "send_again" queues them anew, so that they may arrive twice; "leave" ends them
 * where they are. `ids`: those that were picked, or "all" there are. What somebody decided meanwhile is passed over.
 */
export async function decideMails(
  actor: UserActor,
  { ids, decision }: { ids: string[] | "all"; decision: MailDecision },
): Promise<Decided> {
  authorize(actor, "mails.decide");
  const again = decision === "send_again";
  const change = again
    ? sql`state = 'queued', batch_id = null, attempts = 0, error = null, next_attempt_at = now(), waits_for = null`
    : sql`state = 'withdrawn', error = ${`left as it is by ${actor.userName}`}`;
  const into = sql.identifier(again ? "queued" : "withdrawn");
  return withAccount(actor, async (tx): Promise<Decided> => {
    const [decided] = await tx.execute<{ mails: number; addresses: string[] | null }>(sql`
      with decided as (
        update emails set ${change}, lease = null, lease_until = null
        where account_id = ${actor.accountId} and state = 'unknown'
          ${ids === "all" ? sql`` : sql`and id = any (${sql.param(ids)}::uuid[])`}
        returning recipient, run_id),
      recounted as (
        update run_mail_counts c set unknown = c.unknown - d.mails, ${into} = c.${into} + d.mails
        from (select run_id, count(*) as mails from decided where run_id is not null group by run_id order by run_id) d
        where c.account_id = ${actor.accountId} and c.run_id = d.run_id)
      select count(*)::int as mails, (array_agg(recipient order by recipient))[1:10] as addresses from decided`);
    if (!decided?.mails) return { ok: false, reason: "nothing_to_decide" };
    if (again) await enqueue(tx, "send-mail", {});
    await recordEvent(tx, actor, {
      action: again ? "mail.sent_again" : "mail.left",
      details: { mails: decided.mails, addresses: decided.addresses },
    });
    return { ok: true, mails: decided.mails };
  });
}
