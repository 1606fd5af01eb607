// Runs postgres as its child and ends it cleanly on SIGTERM or when the launcher is gone, so that no server stays
// behind however the launcher ended. Started by cluster.ts with one JSON argument.
import { spawn } from "node:child_process";
import { watchParent } from "../bare/watch-parent.mjs";

const { program, args, user } = JSON.parse(process.argv[2] ?? "{}");
const server = spawn(program, args, { ...user, cwd: "/", stdio: ["ignore", "inherit", "inherit"] });

function stop(): void {
  // SIGINT is Postgres's fast shutdown: roll back, write a checkpoint, end. SIGQUIT gives up on the checkpoint.
  server.kill("SIGINT");
  setTimeout(() => server.kill("SIGQUIT"), 15_000).unref();
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
watchParent(stop);
server.on("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.on("exit", (code) => process.exit(code ?? 1));
