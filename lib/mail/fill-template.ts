import type { MailLanguage } from "./mail-language.ts";
import { cleanValues } from "./templates/clean-values.ts";
import { type CompiledText, compileText, fillText } from "./templates/compile-template.ts";
import { renderedTemplates } from "./templates/rendered-templates.ts";
import { type MailKind, type SlotValues, type Template, templateSlots } from "./templates/template-slots.ts";

export type FilledMail = { subject: string; html: string; text: string };

/**
 * Fills the rendered template: pure and fast, the same values give the same bytes. What a person wrote can bring neither
 * markup nor a link nor a header. Throws on a value that is missing, unknown or not a link where a link belongs.
 */
export function fillTemplate<K extends MailKind>(
  kind: K,
  language: MailLanguage,
  values: SlotValues<K>,
): FilledMail {
  const template = compiled(renderedTemplates[language][kind]);
  const clean = cleanValues(templateSlots[kind], values);
  const slot = (name: string) => {
    const value = clean[name];
    if (value === undefined) throw new Error(`The mail template ${kind} has no slot named ${name}.`);
    return value;
  };
  return {
    subject: fillText(template.subject, (name) => slot(name).text),
    text: fillText(template.text, (name) => slot(name).text),
    html: fillText(template.html, (name) => slot(name).html),
  };
}

const cuts = new Map<Template, Record<keyof Template, CompiledText>>();

function compiled(template: Template): Record<keyof Template, CompiledText> {
  const known = cuts.get(template);
  if (known) return known;
  const { subject, text, html } = template;
  const cut = { subject: compileText(subject), text: compileText(text), html: compileText(html) };
  cuts.set(template, cut);
  return cut;
}
