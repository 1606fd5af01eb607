import type { Page } from "@playwright/test";
import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { expect } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { connect, ended, pageOfSync, test } from "./support/connected.ts";
import { expectSound } from "./support/expect-sound.ts";

const somebody = `uid=p0010,ou=Finance,ou=Berlin,ou=Staff,${sampleSuffix}`;

async function synced(page: Page, account: TestAccount, port: number): Promise<void> {
  await connect(page, account, port);
  await page.goto(pageOfSync(account));
  await page.getByRole("button", { name: "Run Now" }).click();
  await ended(page);
}

test("why somebody is here, from the last sync and as the directory is now @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await synced(page, account, directory.port);
  await page.getByRole("link", { name: "Why?" }).click();
  await page.getByLabel("Address or DN").fill(somebody);
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByText("known by the id that the directory never changes")).toBeVisible();
  await page.getByRole("button", { name: "Ask the directory" }).click();
  await expect(page.getByRole("heading", { name: "As the directory is now" })).toBeVisible();
  await expect(page.getByText("There are no exclusion rules.")).toBeVisible();
  await page.getByLabel("Address or DN").fill('<b>nobody</b>"');
  await page.getByRole("button", { name: "Explain" }).click();
  await expect(page.getByRole("alert").first()).toContainText('“<b>nobody</b>"” is neither');
  await expect(page.getByLabel("Address or DN")).toHaveValue('<b>nobody</b>"');
});

test("what to mend in the directory: a count, who it is, a file, and why @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await synced(page, account, directory.port);
  await page.getByRole("link", { name: "Directory quality" }).click();
  await page.getByRole("link", { name: "1 Without mail" }).click();
  const row = page.getByRole("row").filter({ hasText: "uid=p0051" });
  await expect(row).toContainText("Pending Email Input");
  const href = await page.getByRole("link", { name: "Export" }).getAttribute("href");
  const file = await page.request.get(href ?? "");
  expect(file.headers()["content-type"]).toContain("text/csv");
  expect(await file.text()).toContain("uid=p0051");
  await row.getByRole("link", { name: /^uid=p0051/ }).click();
  await expect(page.getByText("Has no address in the directory")).toBeVisible();
});

test("no fault for axe, and nothing that scrolls sideways", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await synced(page, account, directory.port);
  for (const path of [`/why?who=${somebody}`, `/why?who=${somebody}&ask=yes`, "/report?show=no_mail"]) {
    await page.goto(pageOfSync(account) + path);
    await expectSound(page);
  }
});
