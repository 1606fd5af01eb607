import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { layoutOf, peopleIn } from "./read-bytes.ts";

const guide = readFileSync(join(import.meta.dirname, "../../../docs/prepare-a-file.md"), "utf8");
const suites = [
  "Google Workspace",
  "Microsoft Entra ID",
  "Microsoft 365",
  "Okta",
  "Webex",
  "Moodle",
  "Slack",
];

/** Each example with the bold name that stands before it, or the heading. */
const examples = [
  ...guide.matchAll(/(?:^\*\*([^*]+)\*\*|^## (.+)$)(?:(?!```|^## |^\*\*)[\s\S])*?```csv\n([\s\S]*?)```/gm),
].map(([, suite, heading, text]): [name: string, suite: string | null, text: string] => [
  suite ?? heading ?? "",
  suite ?? null,
  text ?? "",
]);

describe("the examples of the guide", () => {
  it("are as many as the guide has, one for each suite", () => {
    expect(examples).toHaveLength(guide.split("```csv").length - 1);
    expect(examples.flatMap(([, suite]) => suite ?? [])).toEqual(suites);
  });

  it.each(examples)("%s", async (_, suite, text) => {
    expect(layoutOf(text)).toMatchObject({ suite, flat: text.trim().split("\n").length === 1 });
    const people = await peopleIn(text);
    expect(people.filter((person) => "codes" in person)).toEqual([]);
    const left = people.filter((person) => "passedOver" in person);
    expect(left.map((person) => person.emails)).toEqual(suite ? ["old@acme.test"] : []);
    expect(people[0]).toMatchObject({ emails: "ada@acme.test" });
  });
});
