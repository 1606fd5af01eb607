import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { logTail } from "./log-tail.ts";
import { StartRefused } from "./start-refused.ts";

export type Step = {
  /** What it does, for the sentence when it fails. */
  title: string;
  root: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  logFile: string;
  signal: AbortSignal;
};

/** Runs a Node script to its end and resolves to what it wrote on stdout; stderr goes to the log. */
export async function runStep({ title, root, args, env, logFile, signal }: Step): Promise<string> {
  const log = openSync(logFile, "w", 0o600);
  const child = spawn(process.execPath, args, { cwd: root, env, signal, stdio: ["ignore", "pipe", log] });
  closeSync(log);
  let output = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const code = await new Promise<number | string>((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (exit, by) => resolve(exit ?? by ?? "an unknown end"));
  });
  if (code === 0) return output;
  const said = [output.trimEnd().split("\n").slice(-15).join("\n"), logTail(logFile)].filter(
    (part) => part !== "(empty)",
  );
  throw new StartRefused(
    `${title} failed (${code}). Its last words, more in ${logFile}:\n${said.join("\n").trim()}`,
  );
}
