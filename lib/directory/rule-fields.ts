import { type RuleField, ruleFields, type ruleWays } from "./settings.ts";

/** What rules may go by, in words. */
export const ruleFieldWords = Object.fromEntries(ruleFields.map((field) => [field, wordOf(field)])) as Record<
  RuleField,
  string
>;

export const ruleWayWords: Record<(typeof ruleWays)[number], string> = {
  is: "is",
  starts_with: "starts with",
  contains: "contains",
  matches: "matches (* and ?)",
};

function wordOf(field: RuleField): string {
  if (field === "dn") return "DN";
  if (field === "email") return "Mail";
  const words = field.replaceAll("_", " ").replace(/ id$/, " ID");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
