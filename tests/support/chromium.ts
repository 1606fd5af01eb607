import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

export type FoundChromium = { executablePath: string; env: Record<string, string> };

const root = join(import.meta.dirname, "..", "..");
const npmPackage = join(root, "node_modules", "@sparticuz", "chromium");
const systemPaths = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The browser for the journeys: $CHROME, Playwright's own, the one from npm (Linux on x64), the system's. */
export async function findChromium(): Promise<FoundChromium> {
  const wished = process.env.CHROME;
  if (wished && !existsSync(wished)) throw new Error(`CHROME is ${wished}, and there is no such file.`);
  const installed = [wished, chromium.executablePath()].find((path) => path && existsSync(path));
  if (installed) return { executablePath: installed, env: {} };
  const unpacked = process.platform === "linux" && process.arch === "x64" ? await unpackFromNpm() : null;
  if (unpacked) return unpacked;
  const system = systemPaths.find((path) => existsSync(path));
  if (system) return { executablePath: system, env: {} };
  throw new Error(
    "There is no Chromium that runs here. Do one of these and run the tests again: npx playwright install --with-deps " +
      "chromium, or install your system's chromium package, or set CHROME to a Chrome or Chromium program.",
  );
}

/** Null when even with its own libraries it does not run on this system. */
async function unpackFromNpm(): Promise<FoundChromium | null> {
  if (!existsSync(npmPackage)) return null;
  const { version } = JSON.parse(readFileSync(join(npmPackage, "package.json"), "utf8"));
  const folder = join(root, ".build", `chromium-${version}`);
  if (!existsSync(folder)) await inflateInto(folder, ["chromium.br", "fonts.tar.br", "swiftshader.tar.br"]);
  const executablePath = join(folder, "chromium");
  const fonts: Record<string, string> = existsSync("/etc/fonts")
    ? {}
    : { FONTCONFIG_PATH: join(folder, "fonts") };
  if (runs(executablePath, fonts)) return { executablePath, env: fonts };
  // A bare system lacks NSS and the like; the package brings those too.
  const libraries = join(root, ".build", `chromium-libraries-${version}`);
  if (!existsSync(libraries)) await inflateInto(libraries, ["al2023.tar.br"]);
  const env = { ...fonts, LD_LIBRARY_PATH: join(libraries, "al2023", "lib") };
  return runs(executablePath, env) ? { executablePath, env } : null;
}

/** Unpacks beside and renames, so that an interrupted unpacking is never taken for a whole one. */
async function inflateInto(folder: string, archives: string[]): Promise<void> {
  const { inflate } = await import("@sparticuz/chromium");
  const partial = `${folder}.${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const before = process.env.TMPDIR;
  // The package unpacks into the system's folder for temporary files, wherever that is told to be.
  process.env.TMPDIR = partial;
  try {
    for (const archive of archives) await inflate(join(npmPackage, "bin", archive));
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  if (existsSync(folder)) rmSync(partial, { recursive: true });
  else renameSync(partial, folder);
}

function runs(executablePath: string, env: Record<string, string>): boolean {
  return (
    spawnSync(executablePath, ["--version"], { env: { ...process.env, ...env }, timeout: 20_000 }).status ===
    0
  );
}
