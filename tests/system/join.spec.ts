import { sql } from "drizzle-orm";
import { mintLinkToken } from "#lib/secrets/link-token.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { invited, rowOf } from "./support/invited.ts";

const deadTitle = "This invitation does not work any more";
const person = (account: TestAccount, id: string) =>
  rowOf(account, sql`select first_name, last_name, status, email_validation from users where id = ${id}`);

test("the mailed link shows account and address, and Join leads in at once @scripts-off", async ({
  app,
  page,
  account,
}) => {
  const bo = await invited(app, account);
  await rowOf(
    account,
    sql`update accounts set start_here_url = 'https://start.acme.test/hello' where id = ${account.id}`,
  );
  await page.goto(bo.mailed);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Join ${account.name}`);
  await expect(page.getByText(bo.email)).toBeVisible();
  await expect(page.getByLabel("First Name")).toHaveValue("Bo");
  await page.getByLabel("First Name").fill("\u202eBoris");
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await expect(page.getByText("invisible character")).toBeVisible();
  await page.getByLabel("First Name").fill("Boris <b>");
  await page.getByLabel("Last Name").press("Enter");
  await page.waitForURL(`**/a/${account.slug}/me`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome to ${account.name}`);
  await expect(page.getByText("Boris <b> Berg").first()).toBeVisible();
  await expect(page.getByRole("link", { name: "Start here" })).toHaveAttribute(
    "href",
    "https://start.acme.test/hello",
  );
  await expect(page.getByRole("navigation", { name: "Console" })).toHaveCount(0);
  expect(await person(account, bo.userId)).toMatchObject({ status: "active", email_validation: "validated" });
  // For whom it was, the used link leads home; for anybody else it is dead.
  await page.goto(bo.mailed);
  await page.waitForURL(`**/a/${account.slug}/me`);
  await page.goto(`/a/${account.slug}/users`);
  await page.waitForURL(`**/a/${account.slug}/me`);
  await page.context().clearCookies();
  await page.goto(bo.mailed);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(deadTitle);
});

test("after a copied link the mail at the address decides @scripts-off", async ({ app, page, account }) => {
  const bo = await invited(app, account);
  await page.goto(bo.copied);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL("**/join/check-your-mail");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Check your mail");
  await expect(page.getByText(`b…@${account.domain}`)).toBeVisible();
  await page.goto(`/a/${account.slug}/me`);
  await page.waitForURL("**/sign-in");
  expect(await person(account, bo.userId)).toMatchObject({
    status: "signed_up",
    email_validation: "pending",
  });
  const { id } = await rowOf(account, sql`select id from address_proofs where user_id = ${bo.userId}`);
  const token = mintLinkToken(app.environment.ROLLCALL_TOKEN_KEY ?? "", "verify", id as string);
  await page.goto(`/verify/${token}`);
  await expect(page.getByText(bo.email)).toBeVisible();
  await page.getByRole("button", { name: "Confirm address" }).click();
  await page.waitForURL(`**/a/${account.slug}/me`);
  expect(await person(account, bo.userId)).toMatchObject({ status: "active", email_validation: "validated" });
  await page.context().clearCookies();
  await page.goto(`/verify/${token}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("This link does not work any more");
});

test("being signed in as somebody else is said, and can be ended before @scripts-off", async ({
  app,
  ownerPage: page,
  account,
}) => {
  const bo = await invited(app, account);
  await page.goto(bo.mailed);
  await expect(page.getByText(`You are signed in as Ada Owner (${account.owner.email})`)).toBeVisible();
  await expect(
    page.getByText(`When you go on, this browser is signed in as ${bo.email} instead.`),
  ).toBeVisible();
  await page.getByRole("button", { name: "Sign out first" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await expect(page.getByText("You are signed in as")).toHaveCount(0);
  const sessions = sql`select count(*)::int as n from sessions where user_id = ${account.owner.id} and ended_at is null`;
  expect(await rowOf(account, sessions)).toEqual({ n: 0 });
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(`**/a/${account.slug}/me`);
});

test("whose link is dead asks for a new one, and gets one that works @scripts-off", async ({
  app,
  page,
  account,
}) => {
  const bo = await invited(app, account);
  await rowOf(account, sql`update invitations set expires_at = now() where id = ${bo.id}`);
  await page.goto(bo.mailed);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(deadTitle);
  await page.getByLabel("Email").fill(bo.email);
  await page.getByRole("button", { name: "Ask for a new one" }).click();
  await expect(page.getByText("If that address was invited, a new invitation is on its way")).toBeVisible();
  const mailed = () =>
    rowOf(account, sql`select key from emails where subject_id = ${bo.id} and state = 'in_local_mailbox'`);
  await expect.poll(mailed).toEqual({ key: `invitation:${bo.id}:2` });
  const key = app.environment.ROLLCALL_TOKEN_KEY ?? "";
  await page.goto(`/join/${mintLinkToken(key, "join", bo.id, "mail:2")}`);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(`**/a/${account.slug}/me`);
});

test("the page tells that it was looked at when a hand moves, not when it is loaded", async ({
  app,
  page,
  account,
}) => {
  const bo = await invited(app, account);
  const opened = sql`select opened_at is not null as opened, state from invitations where id = ${bo.id}`;
  await page.goto(bo.mailed, { waitUntil: "networkidle" });
  expect(await rowOf(account, opened)).toEqual({ opened: false, state: "open" });
  const afterMoving = async () => {
    await page.mouse.move(200, 200);
    await page.mouse.move(220, 240);
    return rowOf(account, opened);
  };
  await expect.poll(afterMoving).toEqual({ opened: true, state: "open" });
});
