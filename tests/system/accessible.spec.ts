import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import { crowd, removing } from "./support/crowd.ts";
import { importFile, manyPeople } from "./support/import-file.ts";

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

const longName = "a-list-of-people-whose-name-".repeat(6);

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test(`no page has a fault for axe, or scrolls sideways: ${colorScheme}, ${width} px`, async ({
      ownerPage: page,
      account,
    }) => {
      test.setTimeout(240_000);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 900 });
      const text = `${manyPeople(account, 60)}\nbad address,${"Wolfeschlegelsteinhausen".repeat(8)},One\n`;
      const report = await importFile(page, account, { name: `${longName}.csv`, text });
      const home = `/a/${account.slug}`;
      const pages = ["", "/users", "/users?search=nobody", "/enrollment", "/enrollment/import"].map(
        (path) => home + path,
      );
      pages.push(
        `${home}/enrollment/import?run=${report.split("/").at(-1)}`,
        `${home}/enrollment/import/history`,
      );
      pages.push(report, `${report}/results`, `${report}/results?outcome=skipped`);
      pages.push(`${report}/changes`, `${report}/changes?kind=restore`, `${report}/mend`);
      await crowd(account, 99);
      pages.push(await importFile(page, account, { text: removing(account, 30) }), home);
      pages.push("/local/mailbox", "/no/such/page", "/sign-in/wrong");
      for (const path of pages) {
        await page.goto(path);
        expect(await violations(page), path).toEqual([]);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
        await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
      }
      await page.goto(home);
      await page.getByRole("button", { name: "Ada Owner" }).click();
      expect(await violations(page), "the open menu").toEqual([]);
      await page.context().clearCookies();
      await page.goto("/sign-in");
      await page.getByRole("button", { name: "Send the link" }).click();
      await expect(page.getByText("Enter your address.")).toBeVisible();
      expect(await violations(page), "/sign-in").toEqual([]);
    });
  }
}

test("an import by keyboard alone @scripts-off", async ({ ownerPage: page, account }) => {
  await page.goto(`/a/${account.slug}/enrollment/import`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByLabel("Choose File").focus();
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("Space");
  const file = { name: "keys.csv", mimeType: "text/csv", buffer: Buffer.from(manyPeople(account, 1)) };
  await (await choosing).setFiles(file);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Check File" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Import File" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/enrollment/import?run=*");
  await expect(page.getByRole("link", { name: "here", exact: true })).toBeVisible({ timeout: 30_000 });
});

test("skip link, menu and focus ring work from the keyboard", async ({ ownerPage: page, account }) => {
  await page.goto(`/a/${account.slug}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  const button = page.getByRole("button", { name: "Ada Owner" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await expect(button).toBeFocused();
  expect(await button.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
});
