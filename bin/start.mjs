// npm start: everything on this machine, on loopback. Runs on the system's Node until the pinned one is installed.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "./bare/install-packages.mjs";
import { runPinned } from "./bare/run-pinned.mjs";

if (process.env.DATABASE_URL) {
  console.error(
    "DATABASE_URL is set, so this is production, and npm start is for local mode only.\n" +
      "Prepare once per release:  npm run build   and   npm run migrate\n" +
      "Then start, any number of each:  npm run start:web   and   npm run start:worker\n" +
      "For local mode with sample data, unset DATABASE_URL.",
  );
  process.exit(1);
}

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.exit((await installPackages(root)) ? await runPinned(root, "bin/local/launch.ts") : 1);
