import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { requestSync } from "#lib/directory/request-sync.ts";
import { ownerOf } from "#tests/support/account-owner.ts";
import { expect, signIn } from "#tests/support/journey.ts";
import { code, onPage, silence } from "#tests/support/ldap/faults.ts";
import { button, connect, pageOf, test } from "./support/synced.ts";

const sizeLimit = 4;

test("a sync by hand that failed is told on the overview too, with its report @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  company.play(onPage(1, code(sizeLimit)));
  await page.goto(pageOf(account));
  await button(page, "Run Now").click();
  await expect(page.getByRole("link", { name: "Report of the last attempt" })).toBeVisible({
    timeout: 30_000,
  });
  await page.goto(`/a/${account.slug}`);
  const directory = page.getByRole("region", { name: "Directory", exact: true });
  await expect(directory).toContainText("only some of the entries");
  await directory.getByRole("link", { name: "Look at its report" }).click();
  await expect(page.getByText("Asked for by hand")).toBeVisible();
});

test("whoever presses Run Now second sees the sync of the first", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  company.play(onPage(1, silence));
  await page.goto(pageOf(account));
  await requestSync(ownerOf(account), { mode: "apply", holdHours: 0 });
  await button(page, "Run Now").click();
  await expect(page.getByRole("region", { name: "Sync under way" })).toBeVisible();
  await expect(button(page, "Run Now")).toBeDisabled();
});

test("settings brought back whose connection is another one say that no sync runs @scripts-off", async ({
  ownerPage: page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await page.goto(`${pageOf(account)}/connection`);
  await page.getByLabel("Base DN").fill("ou=Staff,dc=acme,dc=test");
  await button(page, "Save").click();
  await expect(page.getByText("Saved. OpenLDAP answers")).toBeVisible();
  await page.goto(`${pageOf(account)}/versions`);
  await button(page, "Restore").click();
  await expect(
    page.getByText("The settings of version 1 hold again. These are version 3 now."),
  ).toContainText("No sync runs until the connection is tested");
  await page.getByRole("link", { name: "Connection", exact: true }).click();
  await button(page, "Save").click();
  await expect(page.getByText("Saved. OpenLDAP answers")).toBeVisible();
  await page.goto(pageOf(account));
  await expect(button(page, "Run Now")).toBeEnabled();
});

test("whoever may do the directory alone is not told of steps that there are not", async ({
  page,
  account,
}) => {
  await withAccount({ accountId: account.id }, async (tx) => {
    await tx.execute(sql`
      insert into roles (account_id, kind, name, privileges)
      values (${account.id}, 'custom', 'Keeper', array['enrollment.directory_sync'])`);
    await tx.execute(sql`update role_grants set role_id = (select id from roles where name = 'Keeper')`);
  });
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  await expect(page.getByRole("heading", { name: "What to do next" })).toHaveCount(0);
});
