import pino from "pino";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { refuseMightyRole } from "#lib/db/refuse-mighty-role.ts";
import { readSettings, SettingsError } from "#lib/env/settings.ts";
import { work } from "#lib/jobs/work.ts";
import { handlers } from "./handlers.ts";

async function main(): Promise<void> {
  const settings = readSettings("worker", process.env);
  const log = pino({
    name: "worker",
    level: settings.LOG_LEVEL,
    redact: ["*.password", "*.token", "*.apiKey"],
  });
  openDatabase(settings.WORKER_DATABASE_URL, { max: 8, applicationName: "rollcall worker" });
  await refuseMightyRole("WORKER_DATABASE_URL");
  const working = await work(settings.WORKER_DATABASE_URL, handlers(settings, log), log);
  await working.sendNow("sweep");
  log.info("working");
  const stop = async (reason: string) => {
    log.info({ reason }, "stopping");
    setTimeout(() => process.exit(1), 25_000).unref();
    await working.stop();
    await closeDatabase();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop(signal));
}

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
