import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import { expectSound } from "./support/expect-sound.ts";
import { importFile, manyPeople } from "./support/import-file.ts";

/** From the report of an import to what its undo would do. */
async function askForUndo(page: Page, report: string): Promise<void> {
  await page.goto(report);
  await page.getByRole("button", { name: "Undo this import" }).click();
  await page.waitForURL(`**${report}/undo`);
  await expect(page.getByRole("heading", { name: "Undo an import" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Keep everything" })).toBeVisible({ timeout: 30_000 });
}

test("an import is undone once its number is typed, and says so @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const text = manyPeople(account, 12);
  const report = await importFile(page, account, { text });
  await askForUndo(page, report);
  await expect(page.getByRole("heading", { name: "12 people would be changed" })).toBeVisible();
  await expect(page.getByRole("link", { name: "12 Taken out again" })).toBeVisible();
  await expect(page.getByText("Whoever this import added is taken out again")).toBeVisible();

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("Type the number of people")).toBeVisible();
  await page.getByLabel("Number of people").fill("11");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("that is not the number of people")).toBeVisible();
  await page.getByLabel("Number of people").fill("12");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  const status = page.getByRole("region", { name: "Status of the undo" });
  await expect(status).toContainText("Undo of people.csv is done. 12 people changed back.", {
    timeout: 30_000,
  });

  await page.getByRole("link", { name: "Report of the import" }).click();
  await expect(page.getByText("This import was undone by Ada Owner")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo this import" })).toHaveCount(0);
  await page.getByRole("link", { name: "Report of the undo" }).click();
  await expect(page.getByText("An undo cannot be undone")).toBeVisible();
  await expect(page.getByRole("link", { name: "12 Deleted" })).toBeVisible();
  await page.goto(`/a/${account.slug}/users`);
  await expect(page.getByText("1 person", { exact: false }).first()).toBeVisible();
  await page.goto(`/a/${account.slug}/enrollment/import/history`);
  await expect(page.getByRole("link", { name: "Undo of people.csv" })).toBeVisible();

  await importFile(page, account, { text });
  await expect(page.getByRole("region", { name: "Status of the import" })).toContainText("12 new");
});

test("everything can be kept, and looked at anew @scripts-off", async ({ ownerPage: page, account }) => {
  const report = await importFile(page, account, { text: manyPeople(account, 3) });
  await askForUndo(page, report);
  await page.getByRole("link", { name: "Changes, field by field" }).click();
  await expect(page.getByRole("cell", { name: "Taken out again" })).toHaveCount(3);
  await expect(page.getByRole("button", { name: "Apply this plan" })).toHaveCount(0);
  await page.goBack();
  await page.getByRole("button", { name: "Keep everything" }).click();
  await page.waitForURL(`**${report}`);
  await expect(page.getByText("Everything was kept. Nothing was undone.")).toBeVisible();
  await page.goto(`${report}/undo`);
  await page.getByRole("button", { name: "Show what would be undone" }).click();
  await expect(page.getByRole("heading", { name: "3 people would be changed" })).toBeVisible({
    timeout: 30_000,
  });
});

test("whoever undoes second, in another browser, is told so @scripts-off", async ({
  ownerPage: page,
  account,
  context,
}) => {
  const report = await importFile(page, account, { text: manyPeople(account, 2) });
  await askForUndo(page, report);
  const other = await context.newPage();
  await other.goto(`${report}/undo`);
  for (const each of [page, other]) {
    await each.getByLabel("Number of people").fill("2");
    await each.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(
      each.getByText("somebody has decided already").or(each.getByText("Undo of people.csv")).first(),
    ).toBeVisible();
  }
  await expect(other.getByText("somebody has decided already")).toBeVisible();
  await expect(async () => {
    await page.goto(report);
    await expect(page.getByText("This import was undone by Ada Owner")).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
});

test("the pages of an undo have no fault for axe, and fit", async ({ ownerPage: page, account }) => {
  const name = `${"a-list-of-people-whose-name-".repeat(5)}.csv`;
  const report = await importFile(page, account, { name, text: manyPeople(account, 5) });
  await page.goto(`${report}/undo`);
  await expectSound(page);
  await askForUndo(page, report);
  await expectSound(page);
  await page.getByLabel("Number of people").fill("5");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByRole("link", { name: "Report of the undo" })).toBeVisible({ timeout: 30_000 });
  await expectSound(page);
  await page.goto(report);
  await expectSound(page);
  await page.getByRole("link", { name: "Report of the undo" }).click();
  await expect(page.getByText("An undo cannot be undone")).toBeVisible();
  await expectSound(page);
});
