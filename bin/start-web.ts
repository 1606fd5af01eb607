import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readSettings, SettingsError } from "#lib/env/settings.ts";

try {
  // Before Next says that it is ready.
  readSettings("web", process.env);
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exit(1);
}
process.argv.splice(2, 0, "start");
await import(pathToFileURL(createRequire(import.meta.url).resolve("next/dist/bin/next")).href);
