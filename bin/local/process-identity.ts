import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * When this process began, in words of the system; null when it is gone, a zombie, or the system does not tell.
 * A process id alone is not enough to know one's own process again: ids are reused.
 */
export function processStart(pid: number): string | null {
  if (process.platform === "linux") {
    const fields = readProc(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
    // After the name: state is field 0, start time in clock ticks since boot is field 19 (proc(5)).
    return fields[0] === undefined || fields[0] === "Z" || fields[0] === "" ? null : (fields[19] ?? null);
  }
  return ps("lstart", pid);
}

/** The command line of a process; empty when it is gone or hidden. */
export function commandLine(pid: number): string {
  if (process.platform === "linux") return readProc(pid, "cmdline").replaceAll("\0", " ");
  return ps("command", pid) ?? "";
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return "";
  }
}

function ps(column: string, pid: number): string | null {
  if (process.platform === "win32") return null;
  try {
    return execFileSync("ps", ["-o", `${column}=`, "-p", String(pid)], { encoding: "utf8" }).trim() || null;
  } catch {
    return null;
  }
}
