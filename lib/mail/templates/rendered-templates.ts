import type { MailLanguage } from "../mail-language.ts";
import de from "../rendered/de.json" with { type: "json" };
import en from "../rendered/en.json" with { type: "json" };
import es from "../rendered/es.json" with { type: "json" };
import ja from "../rendered/ja.json" with { type: "json" };
import type { MailKind, Template } from "./template-slots.ts";

/** Written by `node lib/mail/templates/render.ts`; a test fails when they are older than the templates. */
export const renderedTemplates: Record<MailLanguage, Record<MailKind, Template>> = { de, en, es, ja };
