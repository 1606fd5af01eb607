import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runStep, type Step } from "./run-step.ts";

const sources = [
  "{app,lib,drizzle,public}/**/*.*",
  "*.{mjs,cjs,ts,json}",
  "node_modules/.rollcall-installed",
];

/** True when `.next` was not built from the sources as they are now. */
export function pagesAreStale(root: string): boolean {
  const stamp = join(root, ".next", "rollcall-sources");
  if (!existsSync(join(root, ".next", "BUILD_ID")) || !existsSync(stamp)) return true;
  return readFileSync(stamp, "utf8") !== sourcesHash(root);
}

/** Builds the pages with `next build`, and notes from which sources. */
export async function buildPages(step: Omit<Step, "title" | "args">): Promise<void> {
  const hash = sourcesHash(step.root);
  await runStep({ ...step, title: "Building the pages", args: ["node_modules/next/dist/bin/next", "build"] });
  writeFileSync(join(step.root, ".next", "rollcall-sources"), hash);
}

function sourcesHash(root: string): string {
  const hash = createHash("sha256");
  for (const file of globSync(sources, { cwd: root }).sort()) {
    // A route's folder may be named like a file (report.csv/route.ts); next-env.d.ts is written by the build itself.
    if (file === "next-env.d.ts" || !statSync(join(root, file)).isFile()) continue;
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}
