import { type Rule, rule } from "#lib/directory/settings.ts";

export const mostRules = 200;

/** The rows of a form as rules, in the order of their places; a row without a value is none. Null: one of them is wrong. */
export function readRules(form: Record<string, unknown>): Rule[] | null {
  const rows = Object.keys(form)
    .filter((name) => name.startsWith("value:") && String(form[name]).trim() !== "")
    .map((name) => name.slice("value:".length))
    .map((nth) => ({ place: Number(form[`place:${nth}`]) || Number(nth) + 1, nth }))
    .sort((one, other) => one.place - other.place || Number(one.nth) - Number(other.nth));
  const rules = rows.map(
    ({ nth }) =>
      rule.safeParse({ field: form[`field:${nth}`], how: form[`how:${nth}`], value: form[`value:${nth}`] })
        .data,
  );
  return rules.length <= mostRules && rules.every((each) => each !== undefined) ? (rules as Rule[]) : null;
}

export const rulesSentence = `A rule has a field, a way and a value of at most 500 characters, and there are at most ${mostRules} of them.`;
