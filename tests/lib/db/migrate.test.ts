import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { ownProgram } from "#bin/local/own-program.ts";
import { prepareDatabase } from "#bin/local/prepare-database.ts";
import { ownerSettings, roleUrl } from "#bin/local/process-settings.ts";

const root = join(import.meta.dirname, "..", "..", "..");
const run = promisify(execFile);
const name = `migrate_${process.pid}`;
let admin: postgres.Sql;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  const { port, secrets } = inject("cluster");
  const superUrl = roleUrl("postgres", secrets.superuserPassword, port, "postgres");
  admin = postgres(superUrl, { max: 1, onnotice: () => {} });
  await prepareDatabase(superUrl, name, secrets.ownerPassword);
  environment = ownerSettings({ port: 80, postgresPort: port, database: name, secrets });
});

afterAll(async () => {
  await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

const migrate = (file = join(root, "bin", "migrate.ts")) =>
  run(process.execPath, ownProgram(file), { env: environment, cwd: root });

test("three processes that migrate one empty database at once all end well, and it is migrated once", async () => {
  const outputs = await Promise.all([migrate(), migrate(), migrate()]);
  for (const { stdout } of outputs) expect(stdout).toContain("up to date");
  const { entries } = JSON.parse(readFileSync(join(root, "drizzle/migrations/meta/_journal.json"), "utf8"));
  const sql = postgres(environment.DATABASE_OWNER_URL ?? "", { max: 1 });
  const [applied] =
    await sql`select count(*)::int as n, count(distinct hash)::int as different from drizzle.__drizzle_migrations`;
  const queues = await sql`select name from pgboss.queue where name not like '\_\_pgboss%' order by name`;
  await sql.end();
  expect(applied).toEqual({ n: entries.length, different: entries.length });
  expect(queues.map((queue) => queue.name)).toEqual([
    "due-syncs",
    "release-mails",
    "run-reading",
    "run-slice",
    "run-slice-later",
    "run-slice-on",
    "seal-audit",
    "send-mail",
    "send-mail-later",
    "sweep",
    "tidy-run",
  ]);
});

test("a migration dated before the last applied one is told, not passed over", async () => {
  mkdirSync(join(root, ".build"), { recursive: true });
  const copy = mkdtempSync(join(root, ".build", "late-migration-"));
  try {
    for (const folder of ["bin", "lib", "drizzle"])
      cpSync(join(root, folder), join(copy, folder), { recursive: true });
    cpSync(join(root, "package.json"), join(copy, "package.json"));
    const file = join(copy, "drizzle/migrations/meta/_journal.json");
    const journal = JSON.parse(readFileSync(file, "utf8"));
    journal.entries.push({ ...journal.entries[0], idx: journal.entries.length, when: 1, tag: "9999_late" });
    writeFileSync(file, JSON.stringify(journal));
    writeFileSync(join(copy, "drizzle/migrations/9999_late.sql"), "create table late (id int);");
    const count = journal.entries.length;
    await expect(migrate(join(copy, "bin", "migrate.ts"))).rejects.toMatchObject({
      stderr: expect.stringContaining(`${count - 1} migrations are applied, but the journal has ${count}`),
    });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
