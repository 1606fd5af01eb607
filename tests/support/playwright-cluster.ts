import { join } from "node:path";
import { buildPages, pagesAreStale } from "#bin/local/build-pages.ts";
import { makeSecrets } from "#bin/local/load-secrets.ts";
import { processSettings } from "#bin/local/process-settings.ts";
import { startQuickCluster } from "./test-cluster.ts";

/** Once before all journeys: the production build and one cluster. Each Playwright worker starts its own application. */
export default async function playwrightCluster(): Promise<() => Promise<void>> {
  await buildIfStale();
  const cluster = await startQuickCluster();
  process.env.ROLLCALL_TEST_CLUSTER = JSON.stringify(cluster.info);
  return cluster.stop;
}

async function buildIfStale(): Promise<void> {
  const root = join(import.meta.dirname, "..", "..");
  if (!pagesAreStale(root)) return;
  const env = processSettings({ port: 80, postgresPort: 80, database: "none", secrets: makeSecrets() });
  const logFile = join(root, ".build", "build.log");
  await buildPages({ root, env, logFile, signal: new AbortController().signal });
}
