// Local mode: Postgres, migrations, pages, web, worker and sample data, all on loopback. Started by bin/start.mjs.
import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { watchParent } from "../bare/watch-parent.mjs";
import { startLocal } from "./start-local.ts";
import { StartRefused } from "./start-refused.ts";
import { stopOnce } from "./stop-once.ts";

const root = join(import.meta.dirname, "..", "..");
const dataFolder = join(root, ".data");
mkdirSync(join(dataFolder, "logs"), { recursive: true });
// Others may pass through to Postgres's own folder, but not look around.
chmodSync(dataFolder, 0o711);

// Node keeps what it compiled there: loading the worker's modules again takes half the time.
process.env.NODE_COMPILE_CACHE ??= join(dataFolder, "compile-cache");

const stopping = stopOnce();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => void stopping.stop(0));
watchParent(() => void stopping.stop(1));

try {
  await startLocal({ root, dataFolder, stopping });
} catch (error) {
  if (stopping.signal.aborted) {
    // Asked to stop in the middle of the start: whatever failed, failed because of that.
  } else if (error instanceof StartRefused) {
    console.error(error.message);
  } else {
    console.error("Rollcall could not start:", error);
  }
  await stopping.stop(1);
}
