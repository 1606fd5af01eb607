import "./bin/quick-modules.mjs";
import { defineConfig } from "@playwright/test";
import { findChromium } from "./tests/support/chromium.ts";

const { executablePath, env } = await findChromium();
const environment = Object.fromEntries(
  Object.entries({ ...process.env, ...env }).filter(([, value]) => value !== undefined),
);

export default defineConfig({
  testDir: "tests/system",
  testMatch: "**/*.spec.ts",
  globalSetup: "./tests/support/playwright-cluster.ts",
  outputDir: ".build/playwright",
  workers: 2,
  forbidOnly: true,
  // A failed test is run once more for its trace alone, and stays failed: recording each test cost a third of the time.
  retries: 1,
  failOnFlakyTests: true,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath, env: environment as Record<string, string> },
    trace: "on-first-retry",
    screenshot: "only-on-failure",
    locale: "en-US",
    timezoneId: "UTC",
  },
  projects: [
    { name: "scripts on", grepInvert: /@only-scripts-off/ },
    { name: "scripts off", grep: /@(only-)?scripts-off/, use: { javaScriptEnabled: false } },
  ],
});
