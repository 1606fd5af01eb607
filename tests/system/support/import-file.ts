import type { Locator, Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, test } from "#tests/support/journey.ts";
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

/** Waits, live or by a reload, until the run is over; its report's path. */
export async function importFile(page: Page, account: TestAccount, upload: Upload): Promise<string> {
  await sendFile(page, account, upload);
  if (test.info().project.use.javaScriptEnabled === false) await reloadWhenOver(page, account);
  const here = page.getByRole("link", { name: "here", exact: true });
  await expect(here).toBeVisible({ timeout: 30_000 });
  return (await here.getAttribute("href")) ?? "";
}

/** That the page reloads itself every three seconds is seen where a test waits for it; the others need not wait so long. */
async function reloadWhenOver(page: Page, account: TestAccount): Promise<void> {
  const run = new URL(page.url()).searchParams.get("run");
  const isOver = () =>
    withAccount({ accountId: account.id }, async (tx) => {
      const over = sql`state in ('planned', 'completed', 'failed', 'cancelled')`;
      return (await tx.execute(sql`select 1 from runs where id = ${run} and ${over}`)).length > 0;
    });
  await expect.poll(isOver, { intervals: [50], timeout: 30_000 }).toBe(true);
  await page.reload();
}

/** `count` good lines under a header. */
export function manyPeople({ domain }: TestAccount, count: number): string {
  const lines = Array.from({ length: count }, (_, at) => `person${at}@${domain},Person,Number ${at}`);
  return ["Email ID,First Name,Last Name", ...lines].join("\n");
}
