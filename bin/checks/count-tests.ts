import { readFileSync, rmSync } from "node:fs";

export type Count = { passed: number; failed: number; note?: string };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
};
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number } };

/** Vitest's JSON report. A run that ended badly without a failed test (a broken setup, a lost file) counts as one. */
export function countVitest(reportFile: string, exitCode: number | null): Count {
  const report = readReport<VitestReport>(reportFile);
  if (!report) return unread(exitCode);
  const left = report.numPendingTests + report.numTodoTests;
  return settle(report.numPassedTests, report.numFailedTests, left, exitCode);
}

/** Playwright's JSON report. A test that passed only when repeated counts as failed. */
export function countPlaywright(reportFile: string, exitCode: number | null): Count {
  const report = readReport<PlaywrightReport>(reportFile);
  if (!report) return unread(exitCode);
  const { expected, unexpected, flaky, skipped } = report.stats;
  return settle(expected, unexpected + flaky, skipped, exitCode);
}

function settle(passed: number, failed: number, left: number, exitCode: number | null): Count {
  // A test that was left out is not a passed one: skipping is how a broken test hides.
  const lost = failed === 0 && left > 0 ? left : 0;
  const note = left > 0 ? `${left} did not run` : undefined;
  if (failed + lost > 0 || exitCode === 0) return { passed, failed: failed + lost, note };
  return { passed, failed: 1, note: note ?? `ended with ${exitCode} though no test failed` };
}

function unread(exitCode: number | null): Count {
  return { passed: 0, failed: 1, note: `no report was written (ended with ${exitCode})` };
}

function readReport<Report>(file: string): Report | null {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Report;
    rmSync(file);
    return report;
  } catch {
    return null;
  }
}
