// npm test: everything that is checked, on a fresh clone too. Ends with the line "N passed, N failed".
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { installPackages } from "./bare/install-packages.mjs";
import { runPinned } from "./bare/run-pinned.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.exit((await installPackages(root)) ? await runPinned(root, "bin/checks/run-all.ts") : 1);
