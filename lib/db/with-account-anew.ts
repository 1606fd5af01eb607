import { setTimeout as sleep } from "node:timers/promises";
import { sqlState } from "./sql-state.ts";
import { type Transaction, withAccount } from "./with-account.ts";

/** Two waited for each other, and Postgres has ended this one: nothing of it is written, and it can be begun again. */
const endedForOthers: readonly (string | undefined)[] = ["40P01", "40001"];
const attempts = 4;

/** `withAccount`, begun anew where others were in its way. `work` may run several times: it changes rows alone. */
export async function withAccountAnew<T>(
  scope: { accountId: string },
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withAccount(scope, work);
    } catch (error) {
      if (attempt === attempts || !endedForOthers.includes(sqlState(error))) throw error;
      // Those who met here must not meet again.
      await sleep(Math.random() * 50 * attempt);
    }
  }
}
