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
      .map(([name, value]) => ({ name: label(name), value: worded(name, value) ?? "" }))
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
  before: worded(field, before),
  after: worded(field, after),
});

const abbreviations: Record<string, string> = {
  sha256: "SHA-256",
  sso: "SSO",
  ip: "IP",
  id: "ID",
  dn: "DN",
  ca: "CA",
  ldaps: "LDAPS",
};

/** "clearWord" and "clear_word" are "Clear word", "connection.baseDn" is "Connection, base DN". */
function label(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .replaceAll(".", ", ")
    .trim()
    .toLowerCase()
    .replace(/[a-z\d]+/g, (word) => abbreviations[word] ?? word);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whose values are words of ours, like "directory_sync", and not what somebody has typed. */
const coded = new Set(["kind", "mode", "trigger", "status", "method", "step", "connection.security"]);

const worded = (name: string, value: unknown): string | null =>
  coded.has(name) && typeof value === "string" ? label(value.replaceAll("-", " ")) : text(value);

function text(value: unknown): string | null {
  if (value === null || value === undefined || value === "") return null;
  if (value === true || value === "true") return "yes";
  if (value === false || value === "false") return "no";
  if (Array.isArray(value)) return value.map((each) => text(each) ?? "").join(", ") || null;
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, each]) => `${label(name)}: ${text(each) ?? "empty"}`)
      .join("; ");
  return String(value);
}
