import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderTemplate } from "#lib/mail/templates/render-template.tsx";
import { renderedTemplates } from "#lib/mail/templates/rendered-templates.ts";
import { mailKinds, slotPattern, templateSlots } from "#lib/mail/templates/template-slots.ts";

const cases = mailKinds.flatMap((kind) => (["en"] as const).map((language) => ({ kind, language })));

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

  test.each([
    ["light", 0, /class="button" style="color:(#\w{6});[^"]*background:(#\w{6})/],
    ["dark", 1, /\.button \{ background: (#\w{6}) !important; color: (#\w{6})/],
  ] as const)("the button is the console's own, and readable, in %s mode", (_, mode, style) => {
    const found = committed.html.match(style)?.slice(1) ?? [];
    const [ground, ink] = mode === 0 ? [found[1], found[0]] : found;
    expect([ground, ink]).toEqual([consoleColor("primary", mode), consoleColor("primary-content", mode)]);
    // WCAG 2.2, 1.4.3: 4.5 to 1.
    expect(contrast(ground, ink)).toBeGreaterThan(4.5);
  });

  test("it follows the reader's dark mode", () => {
    expect(committed.html).toContain('name="color-scheme" content="light dark"');
    expect(committed.html).toContain("prefers-color-scheme: dark");
  });
});

const styles = readFileSync(new URL("../../../app/globals.css", import.meta.url), "utf8");

/** A colour of the console's theme (0: light, 1: dark) as sRGB; conversion: https://bottosson.github.io/posts/oklab/ */
function consoleColor(name: string, mode: 0 | 1): string {
  const found = [
    ...styles.matchAll(new RegExp(`--color-${name}: oklch\\(([\\d.]+)% ([\\d.]+) ([\\d.]+)\\)`, "g")),
  ][mode];
  const [light = 0, chroma = 0, hue = 0] = (found ?? []).slice(1).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (light / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (light / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (light / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const linear = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  const gamma = (x: number) => (x <= 0.0031308 ? 12.92 * x : 1.055 * x ** (1 / 2.4) - 0.055);
  const byte = (x: number) => Math.round(255 * Math.min(1, Math.max(0, gamma(Math.max(0, x)))));
  return `#${linear.map((x) => byte(x).toString(16).padStart(2, "0")).join("")}`;
}

/** WCAG 2.2, contrast ratio. */
function contrast(one = "#000000", other = "#000000"): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((x) => (x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
