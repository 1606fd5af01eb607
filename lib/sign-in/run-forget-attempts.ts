import { sql } from "drizzle-orm";
import { database } from "#lib/db/database.ts";

/** Attempts whose time is over count no more, and go. */
export async function runForgetAttempts(): Promise<void> {
  await database().orm.execute(sql`delete from rate_limits where expire < extract(epoch from now()) * 1000`);
}
