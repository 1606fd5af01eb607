import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";

type List = { name?: string; text: string; again?: boolean };

async function send(page: Page, account: TestAccount, { name = "joiners.txt", text, again }: List) {
  await page.goto(`/a/${account.slug}/enrollment/bulk-invite`);
  await page
    .getByLabel("Choose File")
    .setInputFiles({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  if (again) await page.getByLabel("Send again").check();
  await page.getByRole("button", { name: "Send Invitations" }).click();
}

const statusOf = (page: Page) => page.getByRole("region", { name: "Status of the bulk invite" });
const over = { timeout: 30_000 };

test("a list of addresses becomes invitations and a report @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const { domain } = account;
  await send(page, account, {
    text: `E-mail\n"Hopper, Grace" <grace@${domain}>; ada@${domain}\n\nada@${domain}\nx@elsewhere.test\n`,
  });
  await page.waitForURL("**/enrollment/bulk-invite?run=*");
  await expect(statusOf(page)).toContainText(
    "joiners.txt is done. 4 addresses: 2 invited and 2 failed. View details here",
    over,
  );
  await page.getByRole("link", { name: "View details here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report on File Based Bulk User Invite");
  await expect(page.getByText("Line above the addresses, passed over")).toBeVisible();
  await expect(page.getByRole("link", { name: "Failed rows" })).toHaveAttribute("href", /failed\.csv$/);

  await page.goto(`/a/${account.slug}/enrollment/bulk-invite`);
  await page.getByRole("link", { name: "File Based Bulk User Invite History" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("History of Bulk User Invite");
  await expect(page.getByRole("row").filter({ hasText: "joiners.txt" })).toContainText("Completed");
  await page.getByRole("link", { name: "Results", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("File Based Bulk User Invite Results");
  const row = (line: number) => page.getByRole("row").filter({ hasText: new RegExp(`^${line}\\D`) });
  await expect(row(2)).toHaveCount(2);
  await expect(row(4)).toContainText("already in line 2");
  await expect(row(5)).toContainText("x@elsewhere.test");

  await send(page, account, { text: `ada@${domain}`, again: true });
  await expect(statusOf(page)).toContainText("1 address: 1 mailed again.", over);
});

test("a list and a file of people are pointed to each other's page @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const { domain, slug } = account;
  await send(page, account, {
    name: "people.csv",
    text: `Email ID,First Name\nada@${domain},Ada\n`,
    again: true,
  });
  await expect(page.getByRole("alert").filter({ hasText: "people.csv was not taken" })).toContainText(
    "more columns than addresses",
  );
  await expect(page.getByLabel("Send again")).toBeChecked();
  await page.getByRole("alert").getByRole("link", { name: "Import" }).click();
  await page.waitForURL(`**/a/${slug}/enrollment/import`);

  await page.getByLabel("Choose File").setInputFiles({
    name: "list.txt",
    mimeType: "text/plain",
    buffer: Buffer.from(`ada@${domain}\nbo@${domain}\n`),
  });
  await page.getByRole("button", { name: "Import File" }).click();
  await page.getByRole("alert").getByRole("link", { name: "Bulk Invite" }).click();
  await page.waitForURL(`**/a/${slug}/enrollment/bulk-invite`);
});

test("a bulk invite is taken back", async ({ ownerPage: page, account }) => {
  await send(page, account, { text: `ada@${account.domain}\nbo@${account.domain}\n` });
  await expect(statusOf(page)).toContainText("2 addresses: 2 invited.", over);
  await page.getByRole("link", { name: "View details here" }).click();
  await page.getByRole("button", { name: "Undo this bulk invite" }).click();
  await page
    .getByRole("button", { name: "Show what would be undone" })
    .or(page.getByLabel("Number of people"))
    .first()
    .waitFor();
  await page.getByLabel("Number of people").fill("2", over);
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("2 people changed back")).toBeVisible(over);
  await page.goto(`/a/${account.slug}/users?search=bo`);
  await expect(page.getByText("Nobody matches")).toBeVisible();
});
