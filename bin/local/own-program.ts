import { join } from "node:path";
import { pathToFileURL } from "node:url";

const quickModules = pathToFileURL(join(import.meta.dirname, "..", "quick-modules.mjs")).href;

/** The arguments for Node by which a program of the product starts as its npm script starts it. */
export function ownProgram(file: string, ...args: string[]): string[] {
  return ["--import", quickModules, file, ...args];
}
