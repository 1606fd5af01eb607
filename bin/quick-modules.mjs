// Loaded before a process of the product (node --import): it starts in a third of the time.
import module from "node:module";
import { join } from "node:path";

const drizzle = "/node_modules/drizzle-orm/";

// For each of a package's modules Node parses the whole package.json to learn its format, and drizzle-orm has a hundred
// modules and a package.json of 180 kB. Its modules name each other by their files, and all of these are ES modules.
module.registerHooks?.({
  resolve: (specifier, context, next) =>
    specifier.startsWith(".") && specifier.endsWith(".js") && context.parentURL?.includes(drizzle)
      ? { url: new URL(specifier, context.parentURL).href, format: "module", shortCircuit: true }
      : next(specifier, context),
});

// Beside the packages, since who may write there may change the code as well. Where nobody may, nothing is kept.
module.enableCompileCache?.(join(import.meta.dirname, "..", "node_modules", ".cache", "rollcall"));
