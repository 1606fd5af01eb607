import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, signIn, test } from "#tests/support/journey.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { expectSound } from "./support/expect-sound.ts";
import { member, signInAs } from "./support/member.ts";

const settings = (slug: string, page: string) => `/a/${slug}/settings/${page}`;

test("a custom role lets its holder see what it says, and who loses it is out at once @scripts-off", async ({
  app,
  account,
  ownerPage: page,
  browser,
  javaScriptEnabled,
}) => {
  const bo = await member(account, { name: "Bo Berg" });
  await page.goto(settings(account.slug, "roles"));
  await page.getByRole("link", { name: "New role" }).click();
  await page.getByLabel("Name").fill("owner");
  await page.getByLabel("Users – View").check();
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page.getByText("There is a role of this name already.")).toBeVisible();
  await expect(page.getByLabel("Users – View"), "the form keeps what was ticked").toBeChecked();
  await page.getByLabel("Name").fill("Viewers");
  await page.getByRole("button", { name: "Make role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Viewers/ })).toContainText("Users – View");

  await page.goto(settings(account.slug, "admins"));
  await page.getByLabel("Email").fill("nobody@nowhere.test");
  await page.getByLabel("Role", { exact: true }).selectOption("Viewers");
  await page.getByRole("button", { name: "Give role", exact: true }).click();
  await expect(page.getByText("Nobody in this account has this address.")).toBeVisible();
  await page.getByLabel("Email").fill(`bo.berg@${account.domain}`);
  await page.getByLabel("Role", { exact: true }).selectOption("Viewers");
  await page.getByRole("button", { name: "Give role", exact: true }).click();
  await expect(page.getByText("Bo Berg has the role Viewers now.")).toBeVisible();

  const other = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: javaScriptEnabled ?? true,
  });
  const theirs = await other.newPage();
  await signInAs(theirs, app, account, bo);
  const navigation = theirs.getByRole("navigation", { name: "Main" });
  await expect(navigation.getByRole("link", { name: "Users" })).toBeVisible();
  for (const name of ["Import", "Enrollment", "Admins", "Roles", "Domains", "Account"])
    await expect(navigation.getByRole("link", { name, exact: true })).toHaveCount(0);
  for (const path of ["enrollment/import", "settings/admins", "settings/roles/new", "settings/domains"]) {
    await theirs.goto(`/a/${account.slug}/${path}`);
    await expect(theirs.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  }
  await theirs.goto(`/a/${account.slug}/users`);
  await expect(theirs.getByRole("heading", { level: 1, name: "Users" })).toBeVisible();

  await page.getByRole("button", { name: "Take away Viewers from Bo Berg" }).click();
  await expect(page.getByText("1 session ended at once.")).toBeVisible();
  await theirs.goto(`/a/${account.slug}/users`);
  await theirs.waitForURL("**/sign-in");
  await other.close();
});

test("a role is given to a group and taken from it, and one that is held is not deleted @scripts-off", async ({
  account,
  ownerPage: page,
}) => {
  const bo = await member(account, { name: "Bo Berg" });
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`with made as (insert into groups (account_id, name) values (${account.id}, 'Service Desk') returning id)
      insert into group_members (account_id, group_id, user_id) select ${account.id}, id, ${bo} from made`),
  );
  await page.goto(settings(account.slug, "roles/new"));
  await page.getByLabel("Name").fill("Desk");
  await page.getByRole("button", { name: "Make role" }).click();
  await page.goto(settings(account.slug, "admins"));
  await page.getByLabel("Group", { exact: true }).fill("service desk");
  await page.getByLabel("Role for the group").selectOption("Desk");
  await page.getByRole("button", { name: "Give role to group" }).click();
  await expect(page.getByText("Everybody in Service Desk has the role Desk now.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bo Berg/ })).toContainText("through the group Service Desk");

  await page.goto(settings(account.slug, "roles"));
  await page.getByRole("link", { name: "Desk" }).click();
  await page.getByRole("button", { name: "Delete role" }).click();
  await expect(page.getByText(/It is held by the group Service Desk/)).toBeVisible();
  await page.goto(settings(account.slug, "admins"));
  await page.getByRole("button", { name: "Take away Desk from the group Service Desk" }).click();
  await expect(page.getByText("Taken away.")).toBeVisible();
  await expect(page.getByRole("row", { name: /Bo Berg/ })).toHaveCount(0);
  await page.goto(settings(account.slug, "roles"));
  await page.getByRole("link", { name: "Desk" }).click();
  await page.getByRole("button", { name: "Delete role" }).click();
  await expect(page.getByText("The role Desk is deleted.")).toBeVisible();
});

test("of two owners who remove each other at once one is left @scripts-off", async ({
  app,
  account,
  ownerPage: page,
  browser,
  javaScriptEnabled,
}) => {
  const bo = await member(account, { name: "Bo Berg", role: "Owner" });
  const other = await browser.newContext({
    baseURL: app.url,
    javaScriptEnabled: javaScriptEnabled ?? true,
  });
  const theirs = await other.newPage();
  await signInAs(theirs, app, account, bo);
  await page.goto(settings(account.slug, "admins"));
  await theirs.goto(settings(account.slug, "admins"));
  await Promise.all([
    page.getByRole("button", { name: "Take away Owner from Bo Berg" }).click(),
    theirs.getByRole("button", { name: "Take away Owner from Ada Owner" }).click(),
  ]);
  const left = () =>
    withAccount({ accountId: account.id }, async (tx) => [
      ...(await tx.execute(
        sql`select 1 from role_holders h join roles r on r.id = h.role_id where r.kind = 'owner'`,
      )),
    ]);
  await expect.poll(async () => (await left()).length).toBe(1);
  await Promise.all([page, theirs].map((each) => each.goto(settings(account.slug, "admins"))));
  const stays = page.url().endsWith("/settings/admins") ? page : theirs;
  expect(theirs.url().endsWith("/settings/admins")).toBe(stays === theirs);
  const name = stays === page ? "Ada Owner" : "Bo Berg";
  await stays.getByRole("button", { name: `Take away Owner from ${name}` }).click();
  await expect(stays.getByText(/without this nobody would own the account/)).toBeVisible();
  await other.close();
});

test("a domain is added with its record, is not verified without it, and is removed @scripts-off", async ({
  account,
  ownerPage: page,
}) => {
  await page.goto(settings(account.slug, "domains"));
  await page.getByLabel("Domain", { exact: true }).fill("no domain");
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByText("That is not a domain.")).toBeVisible();
  const domain = `new-${account.slug}.invalid`;
  await page.getByLabel("Domain", { exact: true }).fill(domain);
  await page.getByRole("button", { name: "Add domain" }).click();
  await expect(page.getByLabel(`Name of the record for ${domain}`)).toHaveValue(
    `_rollcall-challenge.${domain}`,
  );
  await expect(page.getByLabel(`Value of the record for ${domain}`)).toHaveValue(
    /^rollcall-verification=\S{32}$/,
  );
  await page.getByRole("button", { name: `Verify ${domain}` }).click();
  await expect(page.getByText(/There is no TXT record|gave no answer/)).toBeVisible({ timeout: 15_000 });
  await page.getByRole("link", { name: `Remove ${account.domain}` }).click();
  await expect(page.getByText(/imports refuse addresses at/)).toBeVisible();
  await page.getByRole("button", { name: "Remove domain" }).click();
  await expect(page.getByText(`${account.domain} is removed.`)).toBeVisible();
});

test("the account's settings come back with what is wrong in them, and are saved @scripts-off", async ({
  account,
  ownerPage: page,
}) => {
  await page.goto(settings(account.slug, "account"));
  await page.getByLabel("Clear word").fill("=1+1");
  await page.getByLabel("Name").fill("Acme & Sons");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/A spreadsheet would take this clear word for a formula/)).toBeVisible();
  await expect(page.getByLabel("Name")).toHaveValue("Acme & Sons");
  await page.getByLabel("Clear word").fill("leer");
  await page.getByLabel(/Percent of people/).fill("99");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/not above the operator's/)).toBeVisible();
  await page.getByLabel(/Percent of people/).fill("3");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByRole("banner")).toContainText("Acme & Sons");
});

test("one person, two accounts: switched, and signed out of both @scripts-off", async ({
  app,
  account,
  ownerPage: page,
}) => {
  const second = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "", { name: "Second Works" });
  await withAccount({ accountId: second.id }, (tx) =>
    tx.execute(sql`update users set email = ${account.owner.email} where id = ${second.owner.id}`),
  );
  await signIn(page, second);
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await page.getByRole("link", { name: "Switch account" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Switch account" })).toBeVisible();
  await page.getByRole("button", { name: `Open ${account.name}` }).click();
  await page.waitForURL(`**/a/${account.slug}`);
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await page.getByRole("button", { name: "Leave all accounts" }).click();
  await page.waitForURL("**/sign-in");
  for (const slug of [account.slug, second.slug]) {
    await page.goto(`/a/${slug}`);
    await page.waitForURL("**/sign-in");
  }
});

test("axe finds nothing, and nothing scrolls sideways, on the pages of the settings", async ({
  account,
  ownerPage: page,
}) => {
  await member(account, { name: "Bo Berg", role: "Admin" });
  const pages = [
    "admins",
    "roles",
    "roles/new",
    "domains",
    `domains/remove?domain=${account.domain}`,
    "account",
  ];
  for (const path of [...pages.map((each) => `settings/${each}`), "settings", "accounts"]) {
    await page.goto(`/a/${account.slug}/${path}`);
    await expectSound(page);
  }
});
