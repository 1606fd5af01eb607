import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { countPlaywright, countVitest } from "#bin/checks/count-tests.ts";

let folder: string;

beforeAll(() => {
  const build = join(import.meta.dirname, "..", "..", ".build");
  mkdirSync(build, { recursive: true });
  folder = mkdtempSync(join(build, "reports-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const report = (content: object) => {
  const file = join(folder, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};
const vitest = (passed: number, failed: number, pending = 0) =>
  report({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, numTodoTests: 0 });
const playwright = (expected: number, unexpected: number, flaky = 0, skipped = 0) =>
  report({ stats: { expected, unexpected, flaky, skipped } });

test("passed and failed tests are counted", () => {
  expect(countVitest(vitest(7, 0), 0)).toMatchObject({ passed: 7, failed: 0 });
  expect(countVitest(vitest(7, 2), 1)).toMatchObject({ passed: 7, failed: 2 });
  expect(countPlaywright(playwright(5, 1), 1)).toMatchObject({ passed: 5, failed: 1 });
});

test("tests that did not run, or passed only when repeated, count as failed", () => {
  expect(countVitest(vitest(7, 0, 3), 0)).toMatchObject({ failed: 3, note: "3 did not run" });
  expect(countPlaywright(playwright(5, 0, 1), 0)).toMatchObject({ failed: 1 });
  expect(countPlaywright(playwright(5, 0, 0, 2), 0)).toMatchObject({ failed: 2 });
});

test("a step that ended badly without a failed test, or without a report, is a failure", () => {
  expect(countVitest(vitest(7, 0), 1)).toMatchObject({ passed: 7, failed: 1 });
  expect(countVitest(join(folder, "nowhere.json"), 0)).toMatchObject({ passed: 0, failed: 1 });
});
