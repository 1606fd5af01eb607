import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";

type Billing = { period: "monthly" | "annual"; from: string };

/** For the operator. `from`: the day, as 2026-11-22, on whose day of the month, or of the year, each period begins. */
export function setBilling(
  accountId: string,
  wish: { period: Billing["period"]; from?: string },
): Promise<Billing> {
  return withAccount({ accountId }, async (tx) => {
    const [before] = await tx.execute<Billing>(sql`
      select billing_period as period, billing_from::text as "from" from accounts where id = ${accountId} for no key update`);
    if (!before) throw new Error(`account ${accountId} is missing`);
    const after = { period: wish.period, from: wish.from ?? before.from };
    await tx.execute(sql`
      update accounts set billing_period = ${after.period}, billing_from = ${after.from}::date where id = ${accountId}`);
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "account.changed",
      subjectKind: "account",
      subjectId: accountId,
      details: {
        changes: [
          { field: "billing period", before: before.period, after: after.period },
          { field: "billing from", before: before.from, after: after.from },
        ].filter((change) => change.before !== change.after),
      },
    });
    return after;
  });
}
