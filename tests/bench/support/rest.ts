import type { BenchDatabase } from "./bench-database.ts";
import { withSuperuser } from "./final-rows.ts";

/** What autovacuum would have done by then, and nothing left to write for a checkpoint. */
export const rest = (database: BenchDatabase): Promise<void> =>
  withSuperuser(database, async (sql) => {
    await sql`analyze users`;
    await sql`analyze invitations`;
    await sql`checkpoint`;
  });
