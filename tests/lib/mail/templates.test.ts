import { describe, expect, test } from "vitest";
import { renderTemplate } from "#lib/mail/templates/render-template.tsx";
import { renderedTemplates } from "#lib/mail/templates/rendered-templates.ts";
import { mailKinds, mailLanguages, slotPattern, templateSlots } from "#lib/mail/templates/template-slots.ts";

const cases = mailKinds.flatMap((kind) => mailLanguages.map((language) => ({ kind, language })));

describe.each(cases)("template $kind in $language", ({ kind, language }) => {
  const committed = renderedTemplates[kind][language];

  test("the committed output is what the template renders (else: node lib/mail/templates/render.ts)", async () => {
    expect(committed).toEqual(await renderTemplate(kind, language));
  });

  test.each(["html", "text"] as const)("%s uses every slot and no other", (part) => {
    const used = new Set(
      [...`${committed.subject} ${committed[part]}`.matchAll(slotPattern)].map((match) => match[1]),
    );
    expect([...used].sort()).toEqual(Object.keys(templateSlots[kind]).sort());
  });

  test("there is one link, and nothing is fetched when the mail is opened", () => {
    expect(committed.html.match(/<a /g)).toHaveLength(1);
    expect(committed.html).toContain('href="{{link}}"');
    expect(committed.text.split("{{link}}")).toHaveLength(2);
    expect(committed.html).not.toMatch(/<img|<script|<link|url\(|src=/i);
  });

  test("it follows the reader's dark mode", () => {
    expect(committed.html).toContain('name="color-scheme" content="light dark"');
    expect(committed.html).toContain("prefers-color-scheme: dark");
  });
});
