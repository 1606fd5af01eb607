import type { Rule } from "../settings.ts";

const ways: Record<Rule["how"], string> = {
  is: "is",
  starts_with: "starts with",
  contains: "contains",
  matches: "matches",
};

const fields: Partial<Record<Rule["field"], string>> = { dn: "name in the directory", email: "address" };

/** A rule as it is read aloud: "title contains “Temp”". */
export const ruleWords = ({ field, how, value }: Rule): string =>
  `${fields[field] ?? field.replaceAll("_", " ")} ${ways[how]} “${value}”`;
