import type { MailLanguage } from "./mail-language.ts";
import { escapeHtml, plainName, stripControls } from "./templates/clean-text.ts";
import { type CompiledText, compileText, fillText } from "./templates/compile-template.ts";
import { renderedTemplates } from "./templates/rendered-templates.ts";
import {
  type MailKind,
  type SlotKind,
  type SlotValues,
  type Template,
  templateSlots,
} from "./templates/template-slots.ts";

export type FilledMail = { subject: string; html: string; text: string };

/**
 * Fills the rendered template: pure and fast, the same values give the same bytes. A name can bring neither markup nor a
 * link nor a header. Throws on a value that is missing, unknown or not a link where a link belongs.
 */
export function fillTemplate<K extends MailKind>(
  kind: K,
  language: MailLanguage,
  values: SlotValues<K>,
): FilledMail {
  const template = compiled(kind, language);
  const clean = cleanValues(templateSlots[kind], values);
  const slot = (name: string) => {
    const value = clean[name];
    if (value === undefined) throw new Error(`The mail template ${kind} has no slot named ${name}.`);
    return value;
  };
  return {
    subject: fillText(template.subject, slot),
    text: fillText(template.text, slot),
    html: fillText(template.html, (name) => escapeHtml(slot(name))),
  };
}

const cuts = new Map<Template, Record<keyof Template, CompiledText>>();

function compiled(kind: MailKind, language: MailLanguage): Record<keyof Template, CompiledText> {
  const template = renderedTemplates[kind][language] ?? renderedTemplates[kind].en;
  const known = cuts.get(template);
  if (known) return known;
  const { subject, text, html } = template;
  const cut = { subject: compileText(subject), text: compileText(text), html: compileText(html) };
  cuts.set(template, cut);
  return cut;
}

function cleanValues(
  slots: Record<string, SlotKind>,
  values: Record<string, string>,
): Record<string, string> {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(slots, name));
  if (unknown) throw new Error(`The mail template has no slot for the value ${unknown}.`);
  return Object.fromEntries(
    Object.entries(slots).map(([name, kind]) => [name, cleanValue(name, kind, values[name])]),
  );
}

function cleanValue(name: string, kind: SlotKind, value: string | undefined): string {
  const text = stripControls(value ?? "");
  if (text === "") throw new Error(`The mail needs a value for ${name}.`);
  if (kind === "link" && !/^https?:\/\/[^\s"'<>]+$/.test(text))
    throw new Error(`The value of ${name} is not a link.`);
  return kind === "name" ? plainName(text) : text;
}
