import { expect, test } from "#tests/support/journey.ts";
import { crowd } from "./support/crowd.ts";
import { importFile, statusOf } from "./support/import-file.ts";

test("a checked plan is looked through field by field, and applied from there @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const { domain } = account;
  await crowd(account, 40);
  const text = [
    "Email ID,First Name,Title,User Status",
    `new@${domain},Grace,Admiral,New`,
    `p1@${domain},-,Chief,Update`,
    `p2@${domain},,,Delete`,
  ].join("\n");
  await importFile(page, account, { text, button: "Check File" });
  await page.getByRole("link", { name: "Changes, field by field" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Changes, field by field");
  await expect(page.getByText("What would change: people.csv")).toBeVisible();
  const row = (email: string) => page.getByRole("row").filter({ hasText: `${email}@${domain}` });
  await expect(row("new")).toContainText("Added");
  await expect(row("new")).toContainText("Title: Admiral");
  await expect(row("p1")).toContainText(/First Name: Person →\s*becomes empty/);
  await expect(row("p1")).toContainText(/Title: empty →\s*becomes Chief/);
  await expect(row("p2")).toContainText(/Status: Active →\s*becomes Suspended/);

  await page.getByLabel("What happens").selectOption("Suspended");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/kind=suspend/);
  await expect(page.getByRole("row")).toHaveCount(2);
  await page.getByRole("button", { name: "Apply this plan" }).click();
  await page.waitForURL("**/enrollment/import?run=*");
  await expect(statusOf(page)).toContainText("3 rows: 1 new, 1 updated, and 1 deleted.", { timeout: 30_000 });

  await page.getByRole("link", { name: "here", exact: true }).click();
  await page.getByRole("link", { name: "Changes, field by field" }).click();
  await expect(page.getByText("What was changed: people.csv")).toBeVisible();
  await expect(page.getByRole("button", { name: "Apply this plan" })).toHaveCount(0);
  for (const query of ["after=x'", "kind=nonsense", "before=-1", "after=1&after=2", "last=1&kind=restore"])
    expect((await page.goto(`${page.url().split("?")[0]}?${query}`))?.status(), query).toBe(200);
});
