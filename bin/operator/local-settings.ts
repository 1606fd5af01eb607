import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSecrets } from "../local/load-secrets.ts";
import { ownerSettings } from "../local/process-settings.ts";

const dataFolder = join(import.meta.dirname, "..", "..", ".data");

/** The settings of local mode while it runs from this folder; none where the environment names a database. */
export function localSettings(): Record<string, string | undefined> {
  const running = join(dataFolder, "running.json");
  if (process.env.DATABASE_OWNER_URL || process.env.DATABASE_URL || !existsSync(running)) return {};
  const { url } = JSON.parse(readFileSync(running, "utf8")) as { url: string };
  const port = Number(new URL(url).port);
  return ownerSettings({
    port,
    postgresPort: port + 4,
    database: "rollcall",
    secrets: loadSecrets(dataFolder),
  });
}
