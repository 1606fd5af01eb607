import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import { database } from "#lib/db/database.ts";
import type { Transaction } from "#lib/db/with-account.ts";

export const queueSchema = "pgboss";

const holder = globalThis as typeof globalThis & { rollcallSender?: PgBoss };

type QueueConnection = ReturnType<typeof fromDrizzle>;

const running = new AsyncLocalStorage<QueueConnection>();

/** Sends only: it neither migrates, supervises nor schedules, and each send rides on its caller's transaction. */
export function sender(): PgBoss {
  holder.rollcallSender ??= new PgBoss({
    schema: queueSchema,
    db: {
      executeSql: (text, values) =>
        (running.getStore() ?? fromDrizzle(database().orm as unknown as Transaction, sql)).executeSql(
          text,
          values,
        ),
    },
    supervise: false,
    schedule: false,
    migrate: false,
  });
  return holder.rollcallSender;
}

/**
 * Everything that a send asks goes through `tx`. Taking a second connection for it, transactions that fill the
 * pool would wait for each other.
 */
export function onTransaction<T>(tx: Transaction, send: (db: QueueConnection) => Promise<T>): Promise<T> {
  const db = fromDrizzle(tx, sql);
  return running.run(db, () => send(db));
}
