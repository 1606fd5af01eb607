import { type SQL, sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";

export type AccountSettings = {
  name: string;
  /** How long an invitation is good. */
  invitationDays: number;
  /** A cell of an import that holds just this empties its field. */
  clearWord: string;
  /** The share of its people that a file may remove without approval; null: as the operator says. */
  removalPercent: number | null;
  /** Who asked for an import hears of its end by mail if it took longer. */
  longRunSeconds: number;
};

/** `locked`: "for update", or nothing. */
export async function settingsRow(tx: Transaction, accountId: string, locked: SQL): Promise<AccountSettings> {
  const [row] = await tx.execute<AccountSettings>(sql`
    select name, invitation_days as "invitationDays", clear_word as "clearWord",
      removal_percent as "removalPercent", long_run_seconds as "longRunSeconds"
    from accounts where id = ${accountId} ${locked}`);
  if (!row) throw new Error(`account ${accountId} is missing`);
  return row;
}
