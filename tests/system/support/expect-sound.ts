import { expect, type Page } from "@playwright/test";
import { axe } from "./axe.ts";

const looks = [
  { width: 1280, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 390, colorScheme: "light" },
  { width: 390, colorScheme: "dark" },
] as const;

/** Nothing else that axe looks at is another one in the dark. */
const ofColors = ["color-contrast", "link-in-text-block"];

/**
 * The page as it stands has no fault for axe, and nothing that scrolls sideways, on a desk and on a phone, in light and dark.
 * `ofPagesAlone`: rules of whole pages that this is none of.
 */
export async function expectSound(page: Page, ofPagesAlone: string[] = []): Promise<void> {
  for (const { width, colorScheme } of looks) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const rules = axe(page, await page.evaluate(() => "axe" in window));
    const { violations } = await (colorScheme === "dark"
      ? rules.withRules(ofColors)
      : rules.disableRules(ofPagesAlone)
    ).analyze();
    const place = `${new URL(page.url()).pathname}, ${colorScheme}, ${width} px`;
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(", ")}`),
      place,
    ).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond, `${place}: wider than the window`).toBeLessThanOrEqual(0);
  }
}
