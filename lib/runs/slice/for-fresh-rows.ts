import type { Transaction } from "#lib/db/with-account.ts";
import { otherJoins } from "../joins.ts";

/** `joinedBy("scan")` of work that is more than statements: of many lines, that is, whatever Postgres takes them for. */
export async function forFreshRows<T>(tx: Transaction, work: () => Promise<T>): Promise<T> {
  for (const statement of otherJoins("scan", "off")) await tx.execute(statement);
  const done = await work();
  for (const statement of otherJoins("scan", "on")) await tx.execute(statement);
  return done;
}
