import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { filesHash } from "./files-hash.ts";
import { runStep, type Step } from "./run-step.ts";

// Not next-env.d.ts, which the build itself writes.
const sources = [
  "{app,lib,drizzle,public}/**/*.*",
  "*.{mjs,cjs,json}",
  "!(next-env.d).ts",
  "node_modules/.rollcall-installed",
];
const stampOf = (root: string) => join(root, ".next", "rollcall-sources");

/** True when `.next` was not built from the sources as they are now. */
export function pagesAreStale(root: string): boolean {
  const stamp = stampOf(root);
  if (!existsSync(join(root, ".next", "BUILD_ID")) || !existsSync(stamp)) return true;
  return readFileSync(stamp, "utf8") !== filesHash(root, sources);
}

/** Builds the pages with `next build`, and notes from which sources. */
export async function buildPages(step: Omit<Step, "title" | "args">): Promise<void> {
  const hash = filesHash(step.root, sources);
  await runStep({ ...step, title: "Building the pages", args: ["node_modules/next/dist/bin/next", "build"] });
  writeFileSync(stampOf(step.root), hash);
}
