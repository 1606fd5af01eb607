import type { Browser, Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, test } from "#tests/support/journey.ts";
import { expectSound } from "./support/expect-sound.ts";
import { member, signInAs } from "./support/member.ts";

/** With scripts on or off, as in the test. */
async function otherBrowser(browser: Browser, baseURL: string): Promise<Page> {
  const { javaScriptEnabled } = test.info().project.use;
  return (await browser.newContext({ baseURL, javaScriptEnabled: javaScriptEnabled ?? true })).newPage();
}

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

test("fields are edited; what is wrong stands at its box and nothing typed is lost @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const id = await member(account);
  await page.goto(`/a/${account.slug}/users/${id}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bo Berg");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Title").fill("Chief");
  await page.getByLabel("Email ID").fill("bo@elsewhere.test");
  await page.getByLabel("Work Phone").fill("1".repeat(65));
  await press(page, "Save");
  await expect(page.getByText("Nothing was saved yet: see the boxes below.")).toBeVisible();
  await expect(page.getByLabel("Email ID")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByText("65 characters; 64 is the most")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Chief");
  await page.getByLabel("Email ID").fill(`bo@${account.domain}`);
  await page.getByLabel("Work Phone").fill("");
  await press(page, "Save");
  await page.waitForURL(`**/users/${id}`);
  await expect(page.getByText("Saved.")).toBeVisible();
  const history = page.getByRole("region", { name: "History of changes" });
  await expect(history).toContainText("Ada Owner");
  await expect(history).toContainText(/Title:\s*Clerk.*Chief/);
});

test("what another admin changed meanwhile is told, and a second press saves @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const id = await member(account);
  await page.goto(`/a/${account.slug}/users/${id}/edit`);
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`update users set title = 'Boss', city = 'Oslo', version = version + 1 where id = ${id}`),
  );
  await page.getByLabel("Title").fill("Chief");
  await press(page, "Save");
  await expect(page.getByText("Title: Clerk → Boss; City: empty → Oslo")).toBeVisible();
  await expect(page.getByLabel("Title")).toHaveValue("Chief");
  await expect(page.getByLabel("City")).toHaveValue("Oslo");
  await press(page, "Save");
  await page.waitForURL(`**/users/${id}`);
  const fields = page.getByRole("region", { name: "Fields" });
  await expect(fields).toContainText("Chief");
  await expect(fields).toContainText("Oslo");
});

test("entering the address of a Pending Email Input person @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const id = await member(account, { email: null, status: "not_invited" });
  await page.goto(`/a/${account.slug}/users/${id}`);
  await expect(page.getByText("Pending Email Input")).toBeVisible();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Email ID").fill(`bo@${account.domain}`);
  await press(page, "Save");
  await expect(page.getByText("The person can be invited now")).toBeVisible();
  await expect(page.getByText("Not Invited", { exact: true })).toBeVisible();
});

test("who is suspended is out at the next request, and in again after Restore @scripts-off", async ({
  ownerPage: page,
  account,
  app,
  browser,
}) => {
  const id = await member(account, { role: "Admin" });
  const other = await otherBrowser(browser, app.url);
  await signInAs(other, app, account, id);
  await page.goto(`/a/${account.slug}/users/${id}`);
  await expect(page.getByText("All sessions end at once")).toBeVisible();
  await press(page, "Suspend");
  await expect(page.getByText(/^Suspended. Restorable until \d/).first()).toBeVisible();
  await other.goto(`/a/${account.slug}/users`);
  await other.waitForURL("**/sign-in");
  await press(page, "Restore");
  await expect(page.getByText("Restored: Active again.")).toBeVisible();
  await other.goto(`/a/${account.slug}/users`);
  await other.waitForURL("**/sign-in");
  await signInAs(other, app, account, id);
  await other.context().close();
});

test("an owner and oneself cannot be suspended, and the page says so", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/users/${account.owner.id}`);
  await expect(page.getByText("You cannot suspend yourself.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Suspend" })).toHaveCount(0);
});

test("managed: what admins see and control, and not before @scripts-off", async ({
  ownerPage: page,
  account,
  app,
  browser,
}) => {
  const id = await member(account);
  const other = await otherBrowser(browser, app.url);
  await signInAs(other, app, account, id);
  await page.goto(`/a/${account.slug}/users/${id}`);
  await expect(page.getByText("Managing adds 1 billed user; 0 seats taken.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Sessions" })).toHaveCount(0);
  await press(page, "Make managed");
  await expect(page.getByText("Managed now; 1 seat taken.")).toBeVisible();
  await press(page, "Pause mails");
  await expect(page.getByText("Mails are paused.")).toBeVisible();
  await press(page, "Resume mails");
  await expect(page.getByText("Mails go out again.")).toBeVisible();
  await press(page, "Sign out of all sessions");
  await expect(page.getByText("Signed out of 1 session.")).toBeVisible();
  await other.goto(`/a/${account.slug}/me`);
  await other.waitForURL("**/sign-in");
  await press(page, "Make unmanaged");
  await expect(page.getByText("Unmanaged now; 0 seats taken.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Sessions" })).toHaveCount(0);
  await other.context().close();
});

test("a person without a role sees their own page and no console @scripts-off", async ({
  page,
  account,
  app,
}) => {
  const id = await member(account);
  await signInAs(page, app, account, id);
  await page.waitForURL(`**/a/${account.slug}/me`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome to ${account.name}`);
  for (const path of ["", "/users", `/users/${account.owner.id}`, "/enrollment/import"]) {
    await page.goto(`/a/${account.slug}${path}`);
    await page.waitForURL(`**/a/${account.slug}/me`);
  }
  await expect(page.getByRole("navigation", { name: "Main" })).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Your fields" })).toContainText(`bo.berg@${account.domain}`);
});

test("one's own sessions: another browser is signed out, this one stays @scripts-off", async ({
  ownerPage: page,
  account,
  app,
  browser,
}) => {
  const other = await otherBrowser(browser, app.url);
  await signInAs(other, app, account, account.owner.id);
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await page.getByRole("link", { name: "Your page" }).click();
  const sessions = page.getByRole("table").getByRole("row");
  await expect(sessions).toHaveCount(3);
  const elsewhere = sessions.filter({ hasNotText: "This one" }).nth(1);
  await elsewhere.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("That session is signed out.")).toBeVisible();
  await expect(sessions).toHaveCount(2);
  await other.goto(`/a/${account.slug}`);
  await other.waitForURL("**/sign-in");
  await other.context().close();
});

test("somebody of another account, and nobody, are the same not-found page @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  for (const id of ["0193b0a0-0000-7000-8000-000000000001", "1", "%00"])
    for (const path of ["", "/edit"]) {
      expect((await page.goto(`/a/${account.slug}/users/${id}${path}`))?.status()).toBeGreaterThanOrEqual(
        400,
      );
    }
});

test("no fault for axe, and nothing that scrolls sideways", async ({ ownerPage: page, account }) => {
  const id = await member(account, { name: `${"Wolfeschlegel".repeat(6)} Steinhausen` });
  const home = `/a/${account.slug}`;
  await page.goto(`${home}/users/${id}`);
  await press(page, "Make managed");
  await expect(page.getByText("Managed now;")).toBeVisible();
  for (const path of [`/users/${id}`, `/users/${id}/edit`, `/users/${account.owner.id}`, "/me"]) {
    await page.goto(home + path);
    await expectSound(page);
  }
});
