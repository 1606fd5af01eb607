import type { UserActor } from "#lib/authorization/actor.ts";
import { authorize } from "#lib/authorization/authorize.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { type BillingPeriod, billingPeriods } from "./usage/periods.ts";

/** The period that begins on this day; null where none does. */
export async function findBillingPeriod(
  actor: UserActor,
  from: string | undefined,
): Promise<BillingPeriod | null> {
  authorize(actor, "seats.view");
  const periods = await withAccount(actor, billingPeriods);
  return (from === undefined ? periods[0] : periods.find((period) => period.from === from)) ?? null;
}
