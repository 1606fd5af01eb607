import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, signIn, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { expectSound } from "./support/expect-sound.ts";
import { importFile, manyPeople } from "./support/import-file.ts";

const set = ({ id }: TestAccount, change: ReturnType<typeof sql>) =>
  withAccount({ accountId: id }, (tx) => tx.execute(change));

test("a new account says that nobody was invited, and nothing that is dead @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  await expect(page.getByText("Nobody was invited in the last 12 weeks")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Waits for a decision" })).toHaveCount(0);
  await expect(page.getByText("taken; no limit is set")).toBeVisible();
  await expect(page.getByRole("main").getByText(/directory/i)).toHaveCount(0);
});

test("the morning after an import: funnel, chart with its numbers, seats and mail @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await importFile(page, account, { text: manyPeople(account, 4) });
  await set(account, sql`update accounts set seat_limit = 5`);
  await set(account, sql`update users set managed = true where id = ${account.owner.id}`);
  await set(
    account,
    sql`update invitations set opened_at = now() where email like 'person0@%' or email like 'person1@%'`,
  );
  await set(
    account,
    sql`update invitations set state = 'accepted', ended_at = now() where email like 'person0@%'`,
  );
  const here = `/a/${account.slug}`;
  const funnel = page.getByRole("table", { name: "From invited to joined, last 12 weeks" });
  await expect(async () => {
    await page.goto(here);
    await expect(funnel.getByRole("row", { name: /^Delivered/ })).toContainText("4", { timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await expect(funnel.getByRole("row", { name: /^Invited/ })).toContainText("4");
  await expect(funnel.getByRole("row", { name: /^Opened/ })).toContainText("50 %");
  await expect(funnel.getByRole("row", { name: /^Joined/ })).toContainText("25 %");
  const chart = page.getByRole("img", { name: "Invitations by week" });
  await expect(chart).toBeVisible();
  await expect(chart.locator("desc")).toContainText("4 people invited, 4 mails delivered");
  await page.getByText("The same in numbers").click();
  const numbers = page.getByRole("table", { name: "Invitations by week" });
  await expect(numbers.getByRole("row")).toHaveCount(13);
  await expect(numbers.getByRole("row").last().getByRole("cell")).toHaveText(["4", "4", "2", "1"]);
  await expect(page.getByRole("img", { name: "Seats taken" })).toBeVisible();
  await expect(page.getByText("of 5 taken, 4 left")).toBeVisible();
  await expect(page.getByRole("region", { name: "Mail", exact: true })).toContainText("none");
  await expect(page.getByRole("region", { name: "Runs of late" }).getByRole("link")).toHaveText([
    "people.csv",
  ]);
});

test("a checked file waits for a decision @scripts-off", async ({ ownerPage: page, account }) => {
  await importFile(page, account, { text: manyPeople(account, 2), button: "Check File" });
  await page.goto(`/a/${account.slug}`);
  const waiting = page.getByRole("region", { name: "Waits for a decision" });
  await expect(waiting).toContainText("people.csv was checked, but not imported.");
  await waiting.getByRole("link", { name: "Look at the plan" }).click();
  await page.waitForURL("**/enrollment/import?run=*");
});

test("an admin sees of it only what their role lets them see @scripts-off", async ({ page, account }) => {
  await set(
    account,
    sql`insert into roles (account_id, kind, name, privileges) values (${account.id}, 'custom', 'Audit', array['audit'])`,
  );
  await set(account, sql`update role_grants set role_id = (select id from roles where name = 'Audit')`);
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: account.name })).toBeVisible();
  for (const name of ["People", "Seats", "Mail", "Invitations, last 12 weeks", "Last runs"])
    await expect(page.getByRole("heading", { name, exact: true })).toHaveCount(0);
});

test("charts and numbers fit, and nothing is wrong for axe", async ({ ownerPage: page, account }) => {
  await importFile(page, account, { text: manyPeople(account, 12) });
  await set(account, sql`update accounts set seat_limit = 1`);
  await set(
    account,
    sql`update invitations set opened_at = now() - interval '1 week' where email like 'person1%'`,
  );
  await page.goto(`/a/${account.slug}`);
  await page.getByText("The same in numbers").click();
  await expectSound(page);
});
