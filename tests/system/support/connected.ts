import type { Page } from "@playwright/test";
import { sampleReader, sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { test as base, expect } from "#tests/support/journey.ts";
import {
  type RunningDirectory,
  readerPassword,
  startDirectory,
} from "#tests/support/ldap/start-directory.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

/** Beside the application, a directory of 60 people. */
export const test = base.extend<object, { directory: RunningDirectory }>({
  directory: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern itself.
    async ({}, use) => {
      const directory = await startDirectory({ people: 60 });
      await use(directory);
      await directory.stop();
    },
    { scope: "worker" },
  ],
});

export const pageOfSync = (account: TestAccount) => `/a/${account.slug}/enrollment/directory-sync`;

export async function fillConnection(page: Page, port: number, password = readerPassword): Promise<void> {
  await page.getByLabel("Host Name").fill("127.0.0.1");
  await page.getByLabel("Server Port").fill(String(port));
  await page.getByLabel("Security").selectOption("none");
  await page.getByLabel("Base DN").fill(sampleSuffix);
  await page.getByLabel("User ID").fill(sampleReader);
  await page.getByLabel("Password").fill(password);
}

export async function connect(page: Page, account: TestAccount, port: number): Promise<void> {
  await page.goto(`${pageOfSync(account)}/connection`);
  await fillConnection(page, port);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. OpenLDAP answers: 60 people in 26 units")).toBeVisible();
}

/** Until the run that was asked for has ended; without scripts the browser asks again by itself. */
export const ended = (page: Page) =>
  expect(async () => {
    await page.reload();
    await expect(page.getByText("Directory Synchronization is in-progress")).toHaveCount(0);
    await expect(page.getByText(/; available again/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
