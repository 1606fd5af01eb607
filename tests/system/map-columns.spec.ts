import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { chooseAndSend, statusOf } from "./support/import-file.ts";

const main = (page: Page) => page.locator("main");
const alert = (page: Page) => main(page).getByRole("alert");
const here = (page: Page) => page.getByRole("link", { name: "here", exact: true });
const column = (page: Page, name: string) => page.getByRole("combobox", { name });

const unmapped = ({ domain }: TestAccount) =>
  `Contact;Vorname;Team;Initial Password\nana@${domain};Ana;Blue;s3cret\neve@${domain};Eve;Red;s3cret\n`;

async function openOptions(page: Page) {
  await page.getByText("Options", { exact: true }).click();
}

test("a file without a known column of addresses is mapped by hand and imported @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await chooseAndSend(page, account, { name: "kontakte.csv", text: unmapped(account) });
  await page.waitForURL("**/enrollment/import/map?upload=*");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Map columns");
  await expect(alert(page)).toContainText("no Email ID column");
  await expect(main(page)).toContainText("kontakte.csv");
  await expect(main(page)).toContainText(`ana@${account.domain}`);
  await expect(main(page)).not.toContainText("s3cret");
  await expect(column(page, "Column C, Team")).toHaveValue("groups");

  await column(page, "Column B, Vorname").selectOption({ label: "First Name" });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(alert(page)).toContainText("No column holds Email ID yet");
  await expect(column(page, "Column B, Vorname")).toHaveValue("first_name");

  await column(page, "Column A, Contact").selectOption({ label: "First Name" });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(main(page)).toContainText("First Name is chosen for another column too.");
  await expect(column(page, "Column A, Contact")).toHaveValue("first_name");

  await column(page, "Column A, Contact").selectOption({ label: "Email ID" });
  await column(page, "Column C, Team").selectOption({ label: "Do not read" });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(here(page)).toBeVisible({ timeout: 30_000 });
  await expect(statusOf(page)).toContainText("kontakte.csv was imported. 2 rows: 2 new.");
  await here(page).click();
  await expect(page.getByText("Email ID, from “Contact”")).toBeVisible();
  await expect(page.getByText("First Name, from “Vorname”")).toBeVisible();
});

test("Map columns is offered for every file, and the options travel along @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/enrollment/import`);
  const text = `Mail,Title,User Status\nana@${account.domain},n/a,Update\n`;
  const file = { name: "people.csv", mimeType: "text/csv", buffer: Buffer.from(text) };
  await page.getByLabel("Choose File").setInputFiles(file);
  await openOptions(page);
  await expect(page.getByLabel("Email me when it ends")).toBeChecked();
  await page.getByLabel("Create unknown people").check();
  await page.getByLabel("Email me when it ends").uncheck();
  await page.getByLabel("Clear word").fill("n/a");
  await page.getByRole("button", { name: "Map columns" }).click();
  await page.waitForURL("**/enrollment/import/map?upload=*");
  await expect(alert(page)).toHaveCount(0);
  await expect(column(page, "Column A, Mail")).toHaveValue("email");
  await expect(page.getByLabel("Create unknown people")).toBeChecked();
  await expect(page.getByLabel("Email me when it ends")).not.toBeChecked();

  await page.getByLabel("Clear word").fill("x".repeat(21));
  await page.getByRole("button", { name: "Check File" }).click();
  await expect(main(page)).toContainText("20 characters at most");
  await expect(page.getByLabel("Clear word")).toHaveValue("x".repeat(21));
  await expect(page.getByLabel("Create unknown people")).toBeChecked();
  await expect(page.getByLabel("Email me when it ends")).not.toBeChecked();

  await page.getByLabel("Clear word").fill("n/a");
  await page.getByRole("button", { name: "Check File" }).click();
  await expect(statusOf(page)).toContainText("An import would give: 1 row: 1 new.", { timeout: 30_000 });
  await here(page).click();
  await expect(page.getByText("create unknown people; clear word “n/a”")).toBeVisible();
});

test("Cancel discards the file; the page of a file that is gone says so @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await chooseAndSend(page, account, { text: unmapped(account) });
  await page.waitForURL("**/enrollment/import/map?upload=*");
  const address = page.url();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.waitForURL("**/enrollment/import");
  for (const path of [address, "/map?upload=x", "/map?upload=00000000-0000-7000-8000-000000000001", "/map"]) {
    await page.goto(path.startsWith("/") ? `/a/${account.slug}/enrollment/import${path}` : path);
    await expect(alert(page)).toHaveText("This file is no longer here. Choose it again.");
    await expect(page.getByRole("button", { name: "Import File" })).toBeVisible();
  }
});

test("a form that is left open in two windows starts one run", async ({ ownerPage: page, account }) => {
  await chooseAndSend(page, account, { text: unmapped(account) });
  await page.waitForURL("**/enrollment/import/map?upload=*");
  const second = await page.context().newPage();
  await second.goto(page.url());
  for (const window of [page, second])
    await column(window, "Column A, Contact").selectOption({ label: "Email ID" });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(here(page)).toBeVisible({ timeout: 30_000 });
  await second.getByRole("button", { name: "Import File" }).click();
  await expect(alert(second)).toHaveText("This file is no longer here. Choose it again.");
  await page.goto(`/a/${account.slug}/enrollment/import/history`);
  await expect(page.getByRole("row")).toHaveCount(2);
});
