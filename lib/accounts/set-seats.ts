import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";

/** For the operator; null: as many as there are people. `taken` may be more than the new limit: nobody loses a seat. */
export function setSeats(
  accountId: string,
  limit: number | null,
): Promise<{ before: number | null; taken: number }> {
  return withAccount({ accountId }, async (tx) => {
    const [now] = await tx.execute<{ before: number | null; taken: number }>(sql`
      select seat_limit as before, (select count(*)::int from users where managed) as taken
      from accounts where id = ${accountId} for no key update of accounts`);
    if (!now) throw new Error(`account ${accountId} is missing`);
    await tx.execute(sql`update accounts set seat_limit = ${limit} where id = ${accountId}`);
    const told = (seats: number | null) => (seats === null ? "no limit" : String(seats));
    await recordEvent(tx, systemActor(accountId, "operator"), {
      action: "seats.limit_changed",
      subjectKind: "account",
      subjectId: accountId,
      details: {
        changes: [{ field: "seats", before: told(now.before), after: told(limit) }],
        taken: now.taken,
      },
    });
    return now;
  });
}
