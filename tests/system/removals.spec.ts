import { expect, test } from "#tests/support/journey.ts";
import { crowd, removing } from "./support/crowd.ts";
import { importFile, manyPeople, statusOf } from "./support/import-file.ts";

const sentence = "A file may remove 10 of this account's 101 people by itself.";

test("suspensions over the bound wait, and are done once their number is typed @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await crowd(account, 99);
  const report = await importFile(page, account, { text: removing(account, 11) });
  await expect(statusOf(page)).toContainText("was imported. 12 rows: 1 new and 11 wait for approval.");
  await page.goto(`/a/${account.slug}`);
  await expect(
    page.getByRole("listitem").filter({ hasText: "11 people wait for your approval" }),
  ).toBeVisible();
  await page.goto(`/a/${account.slug}/enrollment/import?run=${report.split("/").at(-1)}`);
  await page.getByRole("link", { name: "11 people wait for approval" }).click();
  await page.waitForURL(`**${report}#removals`);
  await expect(page.getByRole("heading", { name: "11 people would be suspended" })).toBeVisible();
  await expect(page.getByText(sentence)).toBeVisible();
  await expect(page.getByRole("link", { name: "11 Waiting" })).toBeVisible();

  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Type the number of people")).toBeVisible();
  await page.getByLabel("Number of people").fill("12");
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("that is not the number of people who wait")).toBeVisible();
  await page.getByLabel("Number of people").fill("11");
  await page.getByRole("button", { name: "Approve" }).click();
  await expect(page.getByText("Approved. These people are being suspended now.")).toBeVisible();
  await expect(async () => {
    await page.goto(report);
    await expect(page.getByRole("link", { name: "11 Deleted" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(page.getByText("waited for approval were approved by Ada Owner")).toBeVisible();
  await page.goto(`${report}/results?outcome=deleted`);
  await expect(page.getByText("Restorable until").first()).toBeVisible();
});

test("whoever decides second, in another browser, is told so @scripts-off", async ({
  ownerPage: page,
  account,
  context,
}) => {
  await crowd(account, 99);
  const report = await importFile(page, account, { text: removing(account, 11) });
  await page.goto(report);
  const other = await context.newPage();
  await other.goto(report);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Discarded. Nobody was suspended.")).toBeVisible();
  await expect(page.getByText("were discarded by Ada Owner")).toBeVisible();

  await other.getByLabel("Number of people").fill("11");
  await other.getByRole("button", { name: "Approve" }).click();
  await expect(other.getByText("these suspensions do not wait any more")).toBeVisible();
  await expect(other.getByText("were discarded by Ada Owner")).toBeVisible();
  await expect(other.getByLabel("Number of people")).toHaveCount(0);
});

test("a later import discards what waits, a check only says what would wait @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await crowd(account, 99);
  const check = await importFile(page, account, { text: removing(account, 12), button: "Check File" });
  await expect(statusOf(page)).toContainText("12 waiting for approval");
  await page.goto(check);
  await expect(page.getByText("these would wait for approval")).toBeVisible();
  await expect(page.getByRole("button", { name: "Approve" })).toHaveCount(0);

  const report = await importFile(page, account, { text: removing(account, 11) });
  const stale = await page.context().newPage();
  await stale.goto(report);
  await importFile(page, account, { text: manyPeople(account, 1) });
  await stale.getByRole("button", { name: "Discard" }).click();
  await expect(stale.getByText("do not wait any more")).toBeVisible();
  await expect(stale.getByText("because a later import came")).toBeVisible();
});
