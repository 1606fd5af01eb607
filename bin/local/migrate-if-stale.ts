import postgres from "postgres";
import { filesHash } from "./files-hash.ts";
import { ownProgram } from "./own-program.ts";
import { runStep, type Step } from "./run-step.ts";

const sources = ["drizzle/migrations/**/*", "lib/{db,jobs}/*.ts", "bin/migrate.ts", "package-lock.json"];

/**
 * Runs `bin/migrate.ts` unless this database was migrated by these very sources, which saves a second at every start.
 * The note lies in the database itself (as its comment), so that it goes where the data goes.
 */
export async function migrateIfStale(
  superUrl: string,
  database: string,
  step: Omit<Step, "title" | "args">,
): Promise<void> {
  const note = `migrated by ${filesHash(step.root, sources)}`;
  const sql = postgres(superUrl, { max: 1, onnotice: () => {} });
  try {
    const [row] = await sql<{ note: string | null }[]>`
      select shobj_description(oid, 'pg_database') as note from pg_database where datname = ${database}`;
    if (row?.note === note) return;
    await runStep({ ...step, title: "Migrating the database", args: ownProgram("bin/migrate.ts") });
    await sql.unsafe(`comment on database "${database}" is '${note}'`);
  } finally {
    await sql.end();
  }
}
