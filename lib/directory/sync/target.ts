import { sql } from "drizzle-orm";
import type { Transaction } from "#lib/db/with-account.ts";
import { connectionFingerprint } from "../connection/fingerprint.ts";
import { type DirectorySettings, directorySettings } from "../settings.ts";

export type Held = {
  id: string;
  version: number;
  settings: DirectorySettings;
  connector: DirectorySettings["connector"];
  /** A connection is saved with its password, and stood its test. */
  ready: boolean;
  heldSince: Date | null;
  lastFullAt: Date | null;
  lastGoodAt: Date | null;
  nextScheduledAt: Date | null;
  alertedAt: Date | null;
  wish: { userId: string; userName: string } | null;
};

type Row = Record<
  "held_since" | "last_full_at" | "last_good_at" | "next_scheduled_at" | "alerted_at",
  string | null
> & {
  id: string;
  version: number;
  settings: unknown;
  tested_as: string | null;
  has_password: boolean;
  at_hold_end_by: string | null;
  at_hold_end_by_name: string | null;
};

/** The account's directory, held until the transaction ends: who asks for a run of it asks one after the other. */
export async function holdTarget(tx: Transaction): Promise<Held | null> {
  const [row] = await tx.execute<Row>(sql`
    select d.id, d.version, v.settings, d.tested_as, d.sealed_password is not null as has_password, d.held_since,
      d.last_full_at, d.last_good_at, d.next_scheduled_at, d.alerted_at, d.at_hold_end_by, d.at_hold_end_by_name
    from directories d join directory_versions v on v.account_id = d.account_id and v.directory_id = d.id and v.number = d.version
    for update of d`);
  if (!row) return null;
  const settings = directorySettings.parse(row.settings);
  const { connection, connector } = settings;
  return {
    id: row.id,
    version: row.version,
    settings,
    connector,
    ready:
      connector === "cloud" &&
      connection !== null &&
      row.has_password &&
      row.tested_as === connectionFingerprint(connection),
    heldSince: instant(row.held_since),
    lastFullAt: instant(row.last_full_at),
    lastGoodAt: instant(row.last_good_at),
    nextScheduledAt: instant(row.next_scheduled_at),
    alertedAt: instant(row.alerted_at),
    wish: row.at_hold_end_by ? { userId: row.at_hold_end_by, userName: row.at_hold_end_by_name ?? "" } : null,
  };
}

const instant = (value: string | null): Date | null => (value ? new Date(value) : null);

/** Until when manual runs are held after the last completed one; null: they are not, or never were. */
export const holdUntil = ({ heldSince }: Pick<Held, "heldSince">, holdHours: number): Date | null =>
  heldSince && holdHours > 0 ? new Date(heldSince.getTime() + holdHours * 3_600_000) : null;
