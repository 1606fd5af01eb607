import type { Locator, Page } from "@playwright/test";
import { expect } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

type Upload = { name?: string; text: string | Buffer; button?: "Check File" | "Import File" };

export const statusOf = (page: Page): Locator => page.getByRole("region", { name: "Status of the import" });

/** Leaves the page on the status of the run that it asked for. */
export async function sendFile(page: Page, account: TestAccount, upload: Upload): Promise<void> {
  await chooseAndSend(page, account, upload);
  await page.waitForURL("**/enrollment/import?run=*");
}

export async function chooseAndSend(page: Page, account: TestAccount, upload: Upload): Promise<void> {
  const { name = "people.csv", text, button = "Import File" } = upload;
  await page.goto(`/a/${account.slug}/enrollment/import`);
  const file = { name, mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("Choose File").setInputFiles(file);
  await page.getByRole("button", { name: button }).click();
}

/** Waits, live or by reloads, until the run is over; its report's path. */
export async function importFile(page: Page, account: TestAccount, upload: Upload): Promise<string> {
  await sendFile(page, account, upload);
  const here = page.getByRole("link", { name: "here", exact: true });
  await expect(here).toBeVisible({ timeout: 30_000 });
  return (await here.getAttribute("href")) ?? "";
}

/** `count` good lines under a header. */
export function manyPeople({ domain }: TestAccount, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `person${at}@${domain},Person,Number ${at}`);
  return ["Email ID,First Name,Last Name", ...lines].join("\n");
}
