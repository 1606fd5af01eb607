import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { expectSound } from "./support/expect-sound.ts";
import { chooseAndSend } from "./support/import-file.ts";

const alert = (page: Page) => page.locator("main").getByRole("alert");

/** One row under so many headers, of which one is long. */
function wide(columns: number): string {
  const long = "Wolfeschlegelsteinhausen".repeat(12);
  const headers = Array.from({ length: columns }, (_, at) => (at === 3 ? long : `Column ${at}`));
  const cells = headers.map((_, at) => (at === 5 ? "x".repeat(150) : `cell ${at}`));
  return `${headers}\n${cells}\n`;
}

async function sendTwoAddresses(page: Page, account: TestAccount, columns: number) {
  await chooseAndSend(page, account, { name: `${"long-name-".repeat(15)}.csv`, text: wide(columns) });
  await page.waitForURL("**/enrollment/import/map?upload=*");
  for (const at of [0, 1]) await page.getByRole("combobox").nth(at).selectOption({ label: "Email ID" });
}

async function refuse(page: Page) {
  await page.getByRole("button", { name: "Check File" }).click();
  await expect(alert(page)).toContainText("Some fields are chosen for more than one column");
  await expect(alert(page)).toBeInViewport();
}

const beyond = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

test("the mapping has no fault for axe, as opened and refused", async ({ ownerPage: page, account }) => {
  await sendTwoAddresses(page, account, 12);
  await page.getByText("Options", { exact: true }).click();
  await expectSound(page);
  await refuse(page);
  await expectSound(page);
});

test("200 columns fit on a phone, and the answer to the button far below is seen", async ({
  ownerPage: page,
  account,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await sendTwoAddresses(page, account, 200);
  await refuse(page);
  expect(await beyond(page)).toBeLessThanOrEqual(0);
  await expect(page.getByRole("combobox")).toHaveCount(200);
});
