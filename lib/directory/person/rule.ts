import type { ProfileField } from "#lib/users/profile-fields.ts";
import type { Rule } from "../settings.ts";

type Described = {
  dn: string;
  email: string | null;
  fields: Partial<Record<ProfileField, string | null>>;
};

/** Whether a rule means this person. Case does not count; a field without a value is meant by no rule. */
export function matchesRule(rule: Rule, person: Described): boolean {
  const { field, how } = rule;
  const has = field === "dn" ? person.dn : field === "email" ? person.email : person.fields[field];
  if (!has) return false;
  const text = folded(has);
  const sought = soughtBy(rule);
  if (how === "is") return text === sought;
  if (how === "starts_with") return text.startsWith(sought);
  if (how === "contains") return text.includes(sought);
  return matchesPattern(text, sought);
}

/** `*` is anything, `?` one character. In time that grows with text times pattern, whatever the pattern. */
function matchesPattern(text: string, pattern: string): boolean {
  let [at, from, star, mark] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[from] === "*") {
      star = from;
      mark = at;
      from += 1;
    } else if (from < pattern.length && (pattern[from] === "?" || pattern[from] === text[at])) {
      at += 1;
      from += 1;
    } else if (star >= 0) {
      from = star + 1;
      mark += 1;
      at = mark;
    } else return false;
  }
  while (pattern[from] === "*") from += 1;
  return from === pattern.length;
}

/** Asked for each entry. */
const known = new WeakMap<Rule, string>();

function soughtBy(rule: Rule): string {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const sought = folded(rule.value);
  known.set(rule, sought);
  return sought;
}

/** Capitals do not count, nor how an accent is put on its letter. */
const folded = (text: string): string => text.normalize("NFC").toLowerCase();
