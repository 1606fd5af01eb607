import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect } from "#tests/support/journey.ts";
import { onPage, silence } from "#tests/support/ldap/faults.ts";
import { expectSound } from "./support/expect-sound.ts";
import { button, change, connect, endHold, pageOf, runNow, test } from "./support/synced.ts";

const banner = (page: Page) => page.getByRole("region", { name: "Sync under way" });

test("until a connection stands its test nothing can be run, and the page says what to do @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/enrollment`);
  await page.getByRole("main").getByRole("link", { name: "Directory Sync" }).click();
  await page.waitForURL(`**${pageOf(account)}`);
  await expect(button(page, "Run Now")).toBeDisabled();
  await expect(button(page, "Preview")).toBeDisabled();
  await expect(page.getByRole("link", { name: "Define the connection first" })).toHaveAttribute(
    "href",
    `${pageOf(account)}/connection`,
  );
  await page.getByText("Directory Agent").click();
  await button(page, "Save").click();
  await expect(page.getByText("No agent is connected.", { exact: true })).toBeVisible();
  await expect(button(page, "Run Now")).toBeDisabled();
});

test("a run comes to its end, begins a hold, and the next may be wished for its end @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await runNow(page, account);
  await expect(button(page, "Run Now")).toBeDisabled();
  await button(page, "Run when the hold ends").click();
  await expect(page.getByText("You have asked for a run when the hold ends.")).toBeVisible();
  await button(page, "Take that back").click();
  await expect(button(page, "Run when the hold ends")).toBeVisible();

  await page.getByRole("link", { name: "here", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report on Active Directory Sync");
  const figures = page.getByLabel("People by outcome");
  await expect(figures).toContainText("People read40");
  await expect(page.getByText("all of the directory")).toBeVisible();
  await expect(page.getByRole("link", { name: "Version 1" })).toHaveAttribute(
    "href",
    `${pageOf(account)}/versions`,
  );
  await page.goto(`${pageOf(account)}/history`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "History of Active Directory Synchronization Runs",
  );
  await page.getByRole("link", { name: "Sync Results" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report on Active Directory Sync");
});

test("a run under way tells its phase and can be cancelled @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  company.play(onPage(1, silence));
  await page.goto(pageOf(account));
  await button(page, "Run Now").click();
  await expect(banner(page)).toContainText("Directory Synchronization is in-progress");
  await expect(banner(page)).toContainText("The directory is being read.", { timeout: 20_000 });
  await expect(banner(page)).toContainText("Expected endnot known yet");
  await expect(page.getByText("A sync that somebody asked for is under way")).toBeVisible();
  await expect(button(page, "Run Now")).toBeDisabled();
  await banner(page).getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Cancelled", { exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(banner(page)).toHaveCount(0);
  await expect(button(page, "Run Now")).toBeEnabled();
});

test("a preview changes nobody, tells person by person, and is applied exactly so @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await runNow(page, account);
  const dn = company.people()[0]?.dn ?? "";
  change(company, dn, "title", "Chief of Staff");
  await button(page, "Preview").click();
  const ready = page.getByRole("region", { name: "Preview" });
  await expect(ready).toContainText("1 updated", { timeout: 30_000 });
  await expect(ready.getByRole("button", { name: "Apply exactly this" })).toBeDisabled();
  await endHold(account);
  await ready.getByRole("link", { name: "Look through it" }).click();
  await expect(page.getByText("A preview: nobody was changed")).toBeVisible();
  await page.getByRole("link", { name: "Changes, field by field" }).click();
  await expect(page.getByRole("table")).toContainText("becomes");
  await expect(page.getByRole("table")).toContainText("Chief of Staff");
  await page.getByRole("link", { name: "Apply or drop it" }).click();
  await button(page, "Apply exactly this").click();
  await expect(page.getByText("available again")).toBeVisible({ timeout: 30_000 });
  await page.getByRole("link", { name: "here", exact: true }).click();
  await expect(page.getByRole("link", { name: "1 Updated" })).toBeVisible();

  await button(page, "Undo this sync").click();
  await expect(page.getByRole("heading", { name: "1 person would be changed" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("The next sync brings all of it again")).toBeVisible();
  await page.getByLabel("Number of people").fill("1");
  await button(page, "Undo").click();
  await expect(page.getByText("1 person changed back")).toBeVisible({ timeout: 30_000 });
});

test("a preview that fails is told on the page, and one that a sync overtook is not offered @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  company.play((_, socket) => {
    socket.destroy();
    return true;
  });
  await page.goto(pageOf(account));
  await button(page, "Preview").click();
  const failed = page.getByRole("alert").filter({ hasText: "The preview of" });
  await expect(failed).toContainText("failed; nobody was changed.", { timeout: 30_000 });
  await failed.getByRole("link", { name: "Report of the preview" }).click();
  await expect(page.getByText("A preview: nobody was changed")).toBeVisible();
  await page.getByRole("link", { name: "Results" }).click();
  await expect(page.getByText("The run failed before it had read anything")).toBeVisible();

  company.play(null);
  await page.goto(pageOf(account));
  await button(page, "Preview").click();
  const ready = page.getByRole("region", { name: "Preview", exact: true });
  await expect(ready).toContainText("new", { timeout: 30_000 });
  await expect(failed).toHaveCount(0);
  await runNow(page, account);
  await expect(ready).toHaveCount(0);
});

test("removals over the bound wait, on the overview too, and are done once their number is typed @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await runNow(page, account);
  await endHold(account);
  for (const { dn } of company.people().slice(0, 12)) company.tree.remove(dn);
  await runNow(page, account);
  await page.goto(`/a/${account.slug}`);
  const item = page.getByRole("listitem").filter({ hasText: "by a sync of the directory" });
  await expect(item).toContainText("12 people wait for your approval to be suspended");
  await item.getByRole("link", { name: "Approve or discard" }).click();
  await expect(page.getByRole("heading", { name: "12 people would be suspended" })).toBeVisible();
  await expect(page.getByText("by itself.")).toBeVisible();
  await page.getByLabel("Number of people").fill("12");
  await button(page, "Approve").click();
  await expect(page.getByText("Approved. These people are being suspended now.")).toBeVisible();
  const [report = ""] = page.url().split("#");
  await expect(async () => {
    await page.goto(report);
    await expect(page.getByRole("link", { name: "12 Suspended" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await page.getByRole("link", { name: "12 Suspended" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sync Results");
  await expect(page.getByRole("region", { name: "People" })).toContainText("Is no longer in the directory.");
});

test("a sync that nobody asked for and that failed is told on the overview alone", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await runNow(page, account);
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`insert into runs (account_id, kind, mode, trigger, state, requested_by_name, target, failure, finished_at)
      select account_id, 'directory_sync', 'apply', 'weekly', 'failed', 'weekly sync', id, 'The directory does not answer.', now()
      from directories`),
  );
  await page.goto(`/a/${account.slug}`);
  const item = page.getByRole("listitem").filter({ hasText: "The automatic weekly sync failed" });
  await expect(item).toContainText("The directory does not answer.");
  await page.goto(pageOf(account));
  await expect(page.getByText("The directory does not answer.")).toHaveCount(0);
  await page.goto(`${pageOf(account)}/history`);
  await expect(page.getByRole("row").filter({ hasText: "Weekly" })).toContainText("Failed");
});

test("no fault for axe, and nothing that scrolls sideways: light and dark, 1280 and 390 px", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await runNow(page, account);
  await endHold(account);
  for (const { dn } of company.people().slice(0, 12)) company.tree.remove(dn);
  await runNow(page, account);
  const report = await page.getByRole("link", { name: "here", exact: true }).getAttribute("href");
  const parts = ["", "/results", "/changes"].map((part) => `${report}${part}`);
  for (const path of [pageOf(account), `${pageOf(account)}/history`, ...parts]) {
    await page.goto(path);
    await expectSound(page);
  }
});
