import {
  escapeHtml,
  isolated,
  isRightToLeft,
  leftToRight,
  plainName,
  plainProse,
  stripControls,
} from "./clean-text.ts";
import type { SlotKind } from "./template-slots.ts";

/** A value as it stands in HTML, and in plain text. */
export type CleanValue = { html: string; text: string };

/** Throws on a value that is missing, unknown or not a link where a link belongs. */
export function cleanValues(
  slots: Record<string, SlotKind>,
  values: Record<string, string | null>,
): Record<string, CleanValue> {
  const unknown = Object.keys(values).find((name) => !Object.hasOwn(slots, name));
  if (unknown) throw new Error(`The mail template has no slot for the value ${unknown}.`);
  const clean: Record<string, CleanValue> = {};
  for (const name in slots) clean[name] = cleanAsBefore(name, slots[name] as SlotKind, values[name] ?? "");
  return clean;
}

/** Of what is the same in most mails of a batch. */
const latest = new Map<string, { kind: SlotKind; value: string; clean: CleanValue }>();

function cleanAsBefore(name: string, kind: SlotKind, value: string): CleanValue {
  if (kind === "link" || kind === "address") return cleanValue(name, kind, value);
  const before = latest.get(name);
  if (before?.value === value && before.kind === kind) return before.clean;
  const clean = cleanValue(name, kind, value);
  latest.set(name, { kind, value, clean });
  return clean;
}

function cleanValue(name: string, kind: SlotKind, value: string): CleanValue {
  if (kind === "prose" || kind === "quote") {
    const prose = plainProse(value);
    if (prose === "" && kind === "prose") throw new Error(`The mail needs a value for ${name}.`);
    return cleanProse(prose, kind === "quote" ? "> " : "");
  }
  const line = stripControls(value);
  if (line === "") throw new Error(`The mail needs a value for ${name}.`);
  const isGood = shapes[kind]?.test(line) ?? true;
  if (!isGood) throw new Error(`The value of ${name} is not a ${kind}.`);
  if (kind === "name" || kind === "phrase") return cleanName(plainName(line), kind);
  return { html: escapeHtml(line), text: line };
}

const shapes: Partial<Record<SlotKind, RegExp>> = {
  link: /^https?:\/\/[^\s"'<>]+$/,
  color: /^#[0-9a-f]{6}$/,
};

/** Our own words run from left to right, also where the name within them begins. */
function cleanName(name: string, kind: "name" | "phrase"): CleanValue {
  const escaped = escapeHtml(name);
  if (!isRightToLeft(name)) return { html: escaped, text: name };
  return kind === "phrase"
    ? { html: `<bdi dir="ltr">${escaped}</bdi>`, text: isolated(name, leftToRight) }
    : { html: `<bdi>${escaped}</bdi>`, text: isolated(name) };
}

/** Each line has a direction of its own: in HTML the paragraph around it says so. */
function cleanProse(prose: string, mark: string): CleanValue {
  if (prose === "") return { html: "", text: "" };
  const lines = prose.split("\n");
  return {
    html: lines.map(escapeHtml).join("<br/>"),
    text: lines.map((line) => `${mark}${isolated(line)}`.trimEnd()).join("\n"),
  };
}
