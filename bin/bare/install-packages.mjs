// Plain JavaScript without dependencies: it runs on the system's Node (20 or newer) before anything is installed.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Runs `npm ci` unless node_modules was filled from this very lock on this platform. False: it failed, and said so. */
export async function installPackages(root) {
  const stampFile = join(root, "node_modules", ".rollcall-installed");
  const stamp = stampOf(root);
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return true;
  console.log(
    "Installing the packages that package-lock.json names (first time, or the lock changed): a minute or two.",
  );
  const code = await npmCi(root);
  if (code !== 0) {
    console.error(
      `\nThe packages could not be installed: npm ci ended with ${code}; its words are above.\n` +
        "Mostly this machine does not reach its npm registry (see: npm config get registry) or the disk is full.\n" +
        "Nothing was started. Run the same command again when that is mended.",
    );
    return false;
  }
  writeFileSync(stampFile, stamp);
  return true;
}

function stampOf(root) {
  const lock = readFileSync(join(root, "package-lock.json"));
  return createHash("sha256").update(lock).update(`${process.platform} ${process.arch}`).digest("hex");
}

function npmCi(root) {
  // NODE_ENV=production in the caller's shell would leave out what the build needs.
  // The packages are run by the pinned Node among them, so npm's warnings about this one would only frighten.
  const args = ["ci", "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  const child = npm?.endsWith("npm-cli.js")
    ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: "inherit" })
    : spawn("npm", args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  const began = Date.now();
  const progress = setInterval(() => {
    console.log(`  still installing, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 10_000);
  return new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("exit", (code, signal) => resolve(code ?? signal));
  }).finally(() => clearInterval(progress));
}
