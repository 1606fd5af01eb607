import { grantQueue, migrate } from "#lib/db/migrate.ts";
import { readSettings, SettingsError } from "#lib/env/settings.ts";
import { installQueues } from "#lib/jobs/install-queues.ts";

try {
  const settings = readSettings("migrate", process.env);
  const ownerUrl = settings.DATABASE_OWNER_URL;
  const urls = { ownerUrl, appUrl: settings.DATABASE_URL, workerUrl: settings.WORKER_DATABASE_URL };
  await migrate(urls, async () => {
    await installQueues(ownerUrl);
    await grantQueue(ownerUrl, "pgboss");
  });
  console.log("The database is up to date.");
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
