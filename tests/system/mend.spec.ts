import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { importFile, statusOf } from "./support/import-file.ts";

const people = ({ domain }: TestAccount) =>
  [
    "Email ID,First Name,Shoe Size,Title",
    `fine@${domain},Fine,38,Clerk`,
    "not an address,Grace,39,=1+1",
    `short@${domain},Ada`,
    `long@${domain},Lin,40,Chief,of staff`,
    "nobody,Left,41,Out",
  ].join("\n");

test("failed rows are mended in the browser, as a run of their own @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const { domain } = account;
  const report = await importFile(page, account, { text: people(account) });
  await page.goto(report);
  await page.getByRole("link", { name: "Mend here" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Mend failed rows");
  await expect(page.getByLabel("Shoe Size, line 3")).toHaveCount(0);
  await expect(page.getByText("In the file: “short@")).toBeVisible();

  await page.getByLabel("Email ID, line 3").fill(`grace@${domain}`);
  await page.getByLabel("Title, line 5").fill("Chief, of staff");
  await page.getByRole("checkbox", { name: "Leave out line 6" }).check();
  await page.getByRole("button", { name: "Import mended rows" }).click();
  await expect(page.getByText("Line 5 of the file: more cells than columns.")).toBeVisible();
  await expect(page.getByLabel("Email ID, line 3")).toHaveValue(`grace@${domain}`);
  await expect(page.getByRole("checkbox", { name: "Leave out line 6" })).toBeChecked();

  await page.getByLabel("Surplus, line 5").fill("");
  await page.getByRole("button", { name: "Import mended rows" }).click();
  await page.waitForURL("**/enrollment/import?run=*");
  await expect(statusOf(page)).toContainText("people.csv (mended) was imported. 3 rows: 3 new.", {
    timeout: 30_000,
  });
  await page.getByRole("link", { name: "here", exact: true }).click();
  await page.getByRole("link", { name: "an earlier import" }).click();
  await page.waitForURL(`**${report}`);
  await page.getByRole("link", { name: "Results", exact: true }).click();
  await expect(page.getByRole("link", { name: "Tried again in a later run" })).toHaveCount(3);
  await page.goto(`/a/${account.slug}/users?search=long`);
  await expect(page.getByText(`long@${domain}`)).toBeVisible();
  await page.goto(`${report}/mend`);
  await expect(page.getByLabel(/^Email ID/)).toHaveCount(1);
});

test("a row that somebody else mended meanwhile refuses all, by its line @scripts-off", async ({
  ownerPage: page,
  account,
  context,
}) => {
  const text = ["Email ID,First Name", "one,One", "two,Two"].join("\n");
  const report = await importFile(page, account, { text });
  const other = await context.newPage();
  for (const one of [page, other]) await one.goto(`${report}/mend`);
  await page.getByLabel("Email ID, line 2").fill(`one@${account.domain}`);
  await page.getByRole("checkbox", { name: "Leave out line 3" }).check();
  await page.getByRole("button", { name: "Check mended rows" }).click();
  await expect(statusOf(page)).toContainText("An import would give: 1 row: 1 new.", { timeout: 30_000 });

  await other.getByLabel("Email ID, line 2").fill(`late@${account.domain}`);
  await other.getByLabel("Email ID, line 3").fill(`two@${account.domain}`);
  await other.getByRole("button", { name: "Import mended rows" }).click();
  await expect(other.getByText("Line 2 of the file: mended by somebody else meanwhile")).toBeVisible();
  await expect(other.getByLabel("Email ID, line 2")).toHaveCount(0);
  await expect(other.getByLabel("Email ID, line 3")).toHaveValue(`two@${account.domain}`);
  await other.getByRole("button", { name: "Import mended rows" }).click();
  await other.waitForURL("**/enrollment/import?run=*");
  await expect(statusOf(other)).toContainText("1 row: 1 new.", { timeout: 30_000 });
});
