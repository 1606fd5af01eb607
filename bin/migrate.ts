import { grantQueue, migrate } from "#lib/db/migrate.ts";
import { readSettings, SettingsError } from "#lib/env/settings.ts";
import { installQueues } from "#lib/jobs/install-queues.ts";

try {
  const settings = readSettings("migrate", process.env);
  await migrate({
    ownerUrl: settings.DATABASE_OWNER_URL,
    appUrl: settings.DATABASE_URL,
    workerUrl: settings.WORKER_DATABASE_URL,
  });
  await installQueues(settings.DATABASE_OWNER_URL);
  await grantQueue(settings.DATABASE_OWNER_URL, "pgboss");
  console.log("The database is up to date.");
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
