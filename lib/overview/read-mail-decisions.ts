import { sql } from "drizzle-orm";
import type { Actor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { type Matching, matchingCap, matchingOf } from "#lib/db/keyset.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** `unknown`: mails that may not have arrived. `stopped`: bulk mails are, since when and why. */
export type MailDecisions = {
  unknown: Matching;
  stopped: { at: Date; because: "bounces" | "complaints" } | null;
};

type Row = { unknown: number; at: string | null; because: "bounces" | "complaints" | null };

/** What goes no further with the account's mails until somebody decides. */
export async function readMailDecisions(actor: Actor): Promise<MailDecisions> {
  authorize(actor, ["mails.decide", "mails.resume"]);
  const [row] = await withAccount(actor, (tx) =>
    tx.execute<Row>(sql`
      select mail_stopped_at as at, mail_stopped_because as because,
        (select count(*)::int from (select from emails
          where account_id = ${actor.accountId} and state = 'unknown' limit ${matchingCap + 1}) counted) as unknown
      from accounts where id = ${actor.accountId}`),
  );
  const { at = null, because = null, unknown = 0 } = row ?? {};
  return {
    unknown: matchingOf(unknown),
    stopped: at && because ? { at: new Date(at), because } : null,
  };
}
