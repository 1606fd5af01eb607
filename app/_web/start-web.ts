import { openDatabase } from "#lib/db/database.ts";
import { refuseMightyRole } from "#lib/db/refuse-mighty-role.ts";
import { SettingsError } from "#lib/env/settings.ts";
import { headAnswers } from "./answer-headers.ts";
import { tellClients } from "./client-ip.ts";
import { settings } from "./settings.ts";
import { timeBodies } from "./time-for-bodies.ts";

export async function startWeb(): Promise<void> {
  timeBodies();
  try {
    headAnswers();
    tellClients(settings().ROLLCALL_TRUSTED_PROXIES);
    openDatabase(settings().DATABASE_URL, { applicationName: "rollcall web", statementTimeoutMs: 15_000 });
    await refuseMightyRole("DATABASE_URL");
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
