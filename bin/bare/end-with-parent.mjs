// Loaded by `node --import` into web and worker in local mode: they end when the launcher is gone, however it went.
import { watchParent } from "./watch-parent.mjs";

watchParent(() => {
  process.kill(process.pid, "SIGTERM");
  setTimeout(() => process.exit(1), 5_000).unref();
});
