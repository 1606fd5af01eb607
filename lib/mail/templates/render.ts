// `node lib/mail/templates/render.ts` writes lib/mail/rendered/*.json from the templates; commit what it writes.
import { readFile, writeFile } from "node:fs/promises";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { mailLanguageCodes } from "../mail-language.ts";
import { mailKinds } from "./template-slots.ts";

// Node strips types but knows no JSX: the compiler turns each .tsx into a module as it is loaded.
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith(".tsx")) return nextLoad(url, context);
    const file = ts.sys.readFile(fileURLToPath(url)) ?? "";
    const compilerOptions = {
      jsx: ts.JsxEmit.ReactJSX,
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    };
    return {
      format: "module",
      source: ts.transpileModule(file, { compilerOptions }).outputText,
      shortCircuit: true,
    };
  },
});

const { renderTemplate } = await import("./render-template.tsx");

for (const language of mailLanguageCodes) {
  const target = new URL(`../rendered/${language}.json`, import.meta.url);
  const rendered: Record<string, unknown> = {};
  for (const kind of mailKinds) rendered[kind] = await renderTemplate(kind, language);
  const fresh = `${JSON.stringify(rendered, null, 2)}\n`;
  if ((await readFile(target, "utf8").catch(() => "")) === fresh) continue;
  await writeFile(target, fresh);
  process.stdout.write(`Wrote ${fileURLToPath(target)}\n`);
}
