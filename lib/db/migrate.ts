import { readFileSync } from "node:fs";
import { drizzle } from "drizzle-orm/postgres-js";
import { migrate as runMigrations } from "drizzle-orm/postgres-js/migrator";
import postgres from "postgres";

const folder = new URL("../../drizzle/migrations", import.meta.url).pathname;

type Urls = { ownerUrl: string; appUrl: string; workerUrl: string };

/**
 * Makes the roles, applies what the journal has and the database lacks, then does `last`. Safe to run from several
 * places at once: they go one after the other.
 */
export async function migrate(
  { ownerUrl, appUrl, workerUrl }: Urls,
  last: () => Promise<void> = async () => {},
): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(hashtext('rollcall migrate'))`;
    await ensureRole(sql, "rollcall_app", appUrl);
    await ensureRole(sql, "rollcall_worker", workerUrl);
    await ensureRole(sql, "rollcall_gate");
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
    await checkJournal(sql);
    await last();
  } finally {
    await sql.end();
  }
}

/** Lets the two processes send and work jobs; the queue's own tables are made by pg-boss. */
export async function grantQueue(ownerUrl: string, schema: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(`
      grant usage on schema ${schema} to rollcall_app, rollcall_worker;
      grant select, insert, update, delete on all tables in schema ${schema} to rollcall_worker;
      grant select, insert on all tables in schema ${schema} to rollcall_app;
      grant usage, select on all sequences in schema ${schema} to rollcall_app, rollcall_worker;
      grant execute on all functions in schema ${schema} to rollcall_app, rollcall_worker;
    `);
  } finally {
    await sql.end();
  }
}

async function ensureRole(sql: postgres.Sql, group: string, url?: string): Promise<void> {
  const login = url ? decodeURIComponent(new URL(url).username) : group;
  const password = url ? decodeURIComponent(new URL(url).password) : "";
  await createRole(sql, group, url && login === group ? password : null);
  if (!url) await sql.unsafe(`grant ${group} to current_user`);
  if (login === group) return;
  await createRole(sql, login, password);
  await sql.unsafe(`grant ${group} to ${quoteIdentifier(login)}`);
}

async function createRole(sql: postgres.Sql, name: string, password: string | null): Promise<void> {
  const [known] = await sql`select 1 from pg_roles where rolname = ${name}`;
  if (known) return;
  const login = password === null ? "nologin" : `login password ${quoteLiteral(password)}`;
  await sql.unsafe(`create role ${quoteIdentifier(name)} nosuperuser nobypassrls ${login}`);
}

// A migration dated before the last applied one is passed over in silence by the migrator.
async function checkJournal(sql: postgres.Sql): Promise<void> {
  const journal = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, "utf8")) as { entries: unknown[] };
  const [row] = await sql<
    { applied: number }[]
  >`select count(*)::int as applied from drizzle.__drizzle_migrations`;
  if (row?.applied !== journal.entries.length) {
    throw new Error(`${row?.applied} migrations are applied, but the journal has ${journal.entries.length}`);
  }
}

const quoteIdentifier = (name: string) => `"${name.replaceAll('"', '""')}"`;
const quoteLiteral = (text: string) => `'${text.replaceAll("'", "''")}'`;
