import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    globalSetup: ["tests/support/vitest-cluster.ts"],
    setupFiles: ["tests/support/fail-on-console-error.ts"],
    pool: "forks",
    execArgv: ["--import", new URL("bin/quick-modules.mjs", import.meta.url).href],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A test that was left narrowed or without an assertion is a fault.
    allowOnly: false,
    passWithNoTests: false,
  },
});
