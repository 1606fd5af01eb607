import type { EventFact, FieldChange } from "../event-view.ts";

type Details = Record<string, unknown>;
type Told = { changes: FieldChange[]; facts: EventFact[] };

/** `details` as a reader sees them: fields with before and after, and what else is known. */
export function detailsTold({ changes, before, after, ...others }: Details): Told {
  // Of a range of a run it is how many there were.
  const facts = Array.isArray(changes) ? others : { changes, ...others };
  return {
    changes: [...listed(changes), ...paired(before, after)],
    facts: Object.entries(facts)
      .map(([name, value]) => ({ name: label(name), value: text(value) ?? "" }))
      .filter(({ value }) => value !== ""),
  };
}

const isRecord = (value: unknown): value is Details =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function listed(changes: unknown): FieldChange[] {
  if (!Array.isArray(changes)) return [];
  return changes.filter(isRecord).map(({ field, before, after }) => change(String(field), before, after));
}

function paired(before: unknown, after: unknown): FieldChange[] {
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const fields = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return fields.map((field) => change(field, old[field], now[field]));
}

const change = (field: string, before: unknown, after: unknown): FieldChange => ({
  field: label(field),
  before: text(before),
  after: text(after),
});

const abbreviations: Record<string, string> = { sha256: "SHA-256", sso: "SSO", ip: "IP", id: "ID" };

/** "clearWord" and "clear_word" are "Clear word". */
function label(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .trim();
  if (abbreviations[words]) return abbreviations[words];
  return words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
}

function text(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map((each) => text(each) ?? "").join(", ") || null;
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, each]) => `${label(name)}: ${text(each) ?? "empty"}`)
      .join("; ");
  return String(value);
}
