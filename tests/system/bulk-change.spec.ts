import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { crowd } from "./support/crowd.ts";
import { expectSound } from "./support/expect-sound.ts";
import { member, signInAs } from "./support/member.ts";
import { roleOf } from "./support/role-of.ts";

const seatLimit = ({ id }: TestAccount, seats: number) =>
  withAccount({ accountId: id }, (tx) => tx.execute(sql`update accounts set seat_limit = ${seats}`));

const users = async (page: Page, account: TestAccount, query = "") => {
  await page.goto(`/a/${account.slug}/users${query}`);
  await expect(page.getByRole("heading", { name: "Users", exact: true })).toBeVisible();
};
const pick = (page: Page, name: string) =>
  page.getByRole("checkbox", { name: `Pick ${name}`, exact: true }).check();
const all = (page: Page) => page.getByRole("checkbox", { name: /^All that match/ }).check();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** Until the plan is made, and looked at by whoever asked for it. */
const planned = (page: Page, title: string) =>
  expect(page.getByRole("heading", { name: title })).toBeVisible({ timeout: 30_000 });
const done = (page: Page, sentence: string) =>
  expect(page.getByRole("status").filter({ hasText: "is done" })).toContainText(sentence, {
    timeout: 30_000,
  });

test("ticked people become managed, seats are counted, and it is undone again @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await crowd(account, 4);
  await seatLimit(account, 3);
  await users(page, account);
  await expect(page.getByRole("link", { name: "0 of 3 seats taken" })).toBeVisible();
  await press(page, "Make managed");
  await expect(page.getByText("tick the people first")).toBeVisible();

  await pick(page, "Person 1");
  await pick(page, "Person 2");
  await press(page, "Make managed");
  await planned(page, "2 people would be made managed");
  await expect(page.getByText("Adds 2 billed users; 3 seats are left.")).toBeVisible();
  await expect(page.getByRole("link", { name: "2 Made managed" })).toBeVisible();
  await press(page, "Apply");
  await done(page, "2 people made managed");

  await users(page, account, "?managed=yes");
  await expect(page.getByRole("link", { name: "2 of 3 seats taken" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Person 1", exact: true })).toHaveAttribute(
    "href",
    /\/users\/[0-9a-f-]{36}$/,
  );
  await expect(page.getByRole("button", { name: "Make managed", exact: true })).toHaveCount(0);

  await users(page, account, "?managed=no&status=active");
  await all(page);
  await press(page, "Make managed");
  await planned(page, "3 people would be made managed");
  await expect(page.getByText("Adds 3 billed users; 1 seat is left.")).toBeVisible();
  await press(page, "Apply");
  await expect(page.getByText("Nobody was changed: this adds 3 billed users; 1 seat is left.")).toBeVisible();
  await press(page, "Change nobody");
  await expect(page.getByText("was cancelled. Nobody was changed.")).toBeVisible();

  await page.goto(`/a/${account.slug}/runs`);
  await page.getByRole("link", { name: "Make managed", exact: true }).last().click();
  await expect(page.getByRole("heading", { name: "Report on Bulk Change" })).toBeVisible();
  await press(page, "Undo this change");
  await planned(page, "2 people would be changed");
  await page.getByLabel("Number of people").fill("2");
  await press(page, "Undo");
  await expect(page.getByText("Undo of Make managed is done. 2 people changed back")).toBeVisible({
    timeout: 30_000,
  });
  await users(page, account);
  await expect(page.getByRole("link", { name: "0 of 3 seats taken" })).toBeVisible();
});

test("all that match are suspended once their number is typed, but for the owner; and restored @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await crowd(account, 60);
  await users(page, account);
  await all(page);
  await press(page, "Suspend");
  await planned(page, "60 people would be suspended");
  await press(page, "Apply");
  await expect(page.getByText("Type the number of those")).toBeVisible();
  await page.getByLabel("Number of people").fill("59");
  await press(page, "Apply");
  await expect(page.getByText("that is not the number of those")).toBeVisible();
  await page.getByLabel("Number of people").fill("60");
  await press(page, "Apply");
  await done(page, "60 people suspended, 1 failed");
  await page.getByRole("link", { name: "1 Failed" }).click();
  await expect(page.getByRole("heading", { name: "Bulk Change Results" })).toBeVisible();
  await expect(page.getByText("Protected: the person who asks.")).toBeVisible();

  await users(page, account, "?status=suspended");
  await expect(page.getByText("60 people")).toBeVisible();
  await expect(page.getByRole("button", { name: "Suspend", exact: true })).toHaveCount(0);
  await all(page);
  await press(page, "Restore");
  await planned(page, "60 people would be restored");
  await press(page, "Apply");
  await done(page, "60 people restored");
});

test("people whom a directory brought are invited, one mail each, and it is undone @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await member(account, { name: "New One", status: "not_invited" });
  await member(account, { name: "New Two", status: "not_invited" });
  await member(account, { name: "New Three", status: "not_invited", email: null });
  await member(account, { name: "New Four", status: "active" });
  await users(page, account, "?status=active");
  await expect(page.getByRole("button", { name: "Suspend", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  await users(page, account, "?search=new");
  await all(page);
  await press(page, "Invite");
  await planned(page, "2 people would be invited, 2 mails");
  await expect(page.getByText("An undo revokes the invitations of those who have not joined")).toBeVisible();
  await page.getByRole("link", { name: "1 Skipped" }).click();
  await expect(page.getByText("Has no address.")).toBeVisible();
  await page.goBack();
  await press(page, "Apply");
  await done(page, "2 people invited, 1 as they were, 1 skipped");
  const report = page.url();
  await users(page, account, "?search=new+one");
  await expect(page.getByRole("cell", { name: "Invited", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "New One", exact: true }).click();
  await expect(page.getByRole("row").filter({ hasText: "Not Invited" })).toContainText(
    /Ada Owner\s*Invited\s*a run\s*Status: Not Invited →\s*becomes Invited/,
  );

  await page.goto(report);
  await press(page, "Undo this change");
  await planned(page, "2 people would be changed");
  await expect(page.getByText("the links of their invitations lead nowhere")).toBeVisible();
  await page.getByLabel("Number of people").fill("2");
  await press(page, "Undo");
  await expect(page.getByText("Undo of Invite is done. 2 people changed back")).toBeVisible({
    timeout: 30_000,
  });
  await users(page, account, "?status=not_invited");
  await expect(page.getByRole("status").filter({ hasText: "2 people" })).toBeVisible();
});

test("Invite is there for whoever may invite many, and the rest for whoever may manage people @scripts-off", async ({
  page,
  app,
  account,
}) => {
  await member(account, { name: "New One", status: "not_invited" });
  const buttons = page.getByRole("group", { name: "Many at once" }).getByRole("button");
  const privileges = {
    "Inge Inviter": ["users.view", "enrollment.bulk_invite"],
    "Mara Manager": ["users.view", "users.manage"],
    "Vera Viewer": ["users.view", "enrollment.invite"],
  } as const;
  const seen: Record<string, string[]> = {};
  for (const [name, held] of Object.entries(privileges)) {
    const id = await member(account, { name });
    await roleOf(account, id, [...held]);
    await page.context().clearCookies();
    await signInAs(page, app, account, id);
    await users(page, account);
    seen[name] = await buttons.allTextContents();
  }
  expect(seen).toEqual({
    "Inge Inviter": ["Invite"],
    "Mara Manager": ["Make managed", "Make unmanaged", "Suspend", "Restore"],
    "Vera Viewer": [],
  });
});

test("the page Seats tells who is managed, by period, and gives a file of it @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await crowd(account, 2);
  await users(page, account, "?search=person");
  await all(page);
  await press(page, "Make managed");
  await planned(page, "2 people would be made managed");
  await expect(page.getByText("Adds 2 billed users; there is no limit.")).toBeVisible();
  await press(page, "Apply");
  await done(page, "2 people made managed");
  await page.goto(`/a/${account.slug}/users`);
  await page.getByRole("link", { name: "2 seats taken" }).click();
  await expect(page.getByRole("heading", { name: "Seats", exact: true })).toBeVisible();
  await expect(page.getByText("2 billed users")).toBeVisible();
  await expect(page.getByRole("link", { name: "Person 1", exact: true })).toBeVisible();
  const download = await page.request.get(
    (await page.getByRole("link", { name: "Download CSV" }).getAttribute("href")) ?? "",
  );
  expect(await download.text()).toMatch(
    /Name,Email ID,Managed from,Managed until,Managed by\r\n(Person .*,Ada Owner\r\n){2}$/,
  );
});

test("on a narrow screen everything stands in the page, and the keyboard is enough", async ({
  ownerPage: page,
  account,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await crowd(account, 3);
  await users(page, account);
  await expectSound(page);
  await page.getByRole("checkbox", { name: "Pick Person 1", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Make managed", exact: true }).focus();
  await page.keyboard.press("Enter");
  await planned(page, "1 person would be made managed");
  await expectSound(page);
  await press(page, "Apply");
  await done(page, "1 person made managed");
  await expectSound(page);
  await page.getByRole("link", { name: "Results", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Bulk Change Results" })).toBeVisible();
  await expectSound(page);
  await page.goto(`/a/${account.slug}/settings/seats`);
  await expectSound(page);
  await page.goto(`/a/${account.slug}/runs`);
  await expectSound(page);
});
