import { readFileSync } from "node:fs";

/**
 * Calls back once, within half a second, when the process that started this one is gone. Asks for the parent's id and
 * not whether it lives: a killed parent that nobody reaps still answers to signal 0.
 */
export function watchParent(onGone) {
  const told = Number(process.env.ROLLCALL_PARENT);
  // Not for our own children: they have another parent.
  delete process.env.ROLLCALL_PARENT;
  const parent = told || process.ppid;
  const npm = told ? null : npmBehindShell(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === null || parentOf(parent) === npm)) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

/** npm runs scripts behind `sh -c`; where that shell stays, a killed npm leaves it and us behind. */
function npmBehindShell(parent) {
  if (!process.env.npm_lifecycle_event) return null;
  const shell = /^(sh|dash|bash|ash)$/.test(read(`/proc/${parent}/comm`).trim());
  return shell ? parentOf(parent) : null;
}

function parentOf(pid) {
  // The name in parentheses may hold blanks; the parent's id is the second field after it (proc(5)).
  const fields = read(`/proc/${pid}/stat`).split(") ").at(-1).split(" ");
  return Number(fields[1] ?? 0);
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
