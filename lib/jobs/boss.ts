import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { database } from "#lib/db/database.ts";
import type { Transaction } from "#lib/db/with-account.ts";

export const queueSchema = "pgboss";

const holder = globalThis as typeof globalThis & { rollcallSender?: PgBoss };

/** Sends only: it neither migrates, supervises nor schedules, and each send rides on its caller's transaction. */
export function sender(): PgBoss {
  holder.rollcallSender ??= new PgBoss({
    schema: queueSchema,
    db: fromDrizzle(database().orm as unknown as Transaction, sql),
    supervise: false,
    schedule: false,
    migrate: false,
  });
  return holder.rollcallSender;
}

export const onTransaction = (tx: Transaction) => fromDrizzle(tx, sql);
