// The steps of npm test, in an order that finds the cheap faults first. Started by bin/test.mjs.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildPages, pagesAreStale } from "../local/build-pages.ts";
import { makeSecrets } from "../local/load-secrets.ts";
import { processSettings } from "../local/process-settings.ts";
import { type Count, countPlaywright, countVitest } from "./count-tests.ts";
import { endTogether, runProgram } from "./program.ts";

const root = join(import.meta.dirname, "..", "..");
const reports = join(root, ".build", "reports");
mkdirSync(reports, { recursive: true });
endTogether();

const modules = (path: string) => join(root, "node_modules", path);
const next = modules("next/dist/bin/next");

async function single(...programs: string[][]): Promise<Count> {
  for (const args of programs) {
    const { exitCode, output } = await runProgram(args, { quiet: true });
    if (exitCode === 0) continue;
    console.log(output);
    return { passed: 0, failed: 1 };
  }
  return { passed: 1, failed: 0 };
}

async function vitest(): Promise<Count> {
  const report = join(reports, "vitest.json");
  rmSync(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const { exitCode } = await runProgram([modules("vitest/vitest.mjs"), "run", ...reporters], {
    quiet: false,
  });
  return countVitest(report, exitCode);
}

async function build(): Promise<Count> {
  if (!pagesAreStale(root)) return { passed: 1, failed: 0, note: "unchanged since the last build" };
  const env = processSettings({ port: 80, postgresPort: 80, database: "none", secrets: makeSecrets() });
  const signal = new AbortController().signal;
  try {
    await buildPages({ root, env, logFile: join(reports, "build.log"), signal });
    return { passed: 1, failed: 0 };
  } catch (error) {
    return { passed: 0, failed: 1, note: String(error) };
  }
}

async function journeys(): Promise<Count> {
  if (pagesAreStale(root))
    return { passed: 0, failed: 1, note: "could not run: there is no build of these sources" };
  const report = join(reports, "playwright.json");
  rmSync(report, { force: true });
  const args = [modules("@playwright/test/cli.js"), "test", "--reporter=list,json"];
  const { exitCode } = await runProgram(args, { quiet: false, env: reportTo(report) });
  return countPlaywright(report, exitCode);
}

function reportTo(file: string): NodeJS.ProcessEnv {
  return { PLAYWRIGHT_JSON_OUTPUT_FILE: file } as unknown as NodeJS.ProcessEnv;
}

async function faults(): Promise<Count> {
  const { exitCode } = await runProgram(["tests/faults/run.ts", "--short"], { quiet: false });
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, note: `ended with ${exitCode}` };
}

type Step = [title: string, run: () => Promise<Count>];

/** Each by itself leaves a processor idle, and none writes what another reads. */
const atOnce: Step[] = [
  ["Types", () => single([next, "typegen"], [modules("typescript/bin/tsc"), "--noEmit"])],
  ["Lint and format", () => single([modules("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"])],
  [
    "Dependency rules",
    () => single([modules(".bin/depcruise"), "app", "lib", "worker", "drizzle", "bin", "tests"]),
  ],
];
const inTurn: Step[] = [
  ["Unit and integration tests", vitest],
  ["Production build", build],
  ["Browser journeys, scripts on and off", journeys],
];
if (existsSync(join(root, "tests/faults/run.ts"))) inTurn.push(["Short round of faults", faults]);

const total = { passed: 0, failed: 0 };

async function take([title, run]: Step): Promise<void> {
  console.log(`\n== ${title}`);
  const began = Date.now();
  const { passed, failed, note } = await run();
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`== ${title}: ${passed} passed, ${failed} failed, ${seconds} s${note ? ` (${note})` : ""}`);
}

await Promise.all(atOnce.map(take));
for (const step of inTurn) await take(step);
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
