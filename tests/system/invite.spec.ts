import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { builtActions, callAction } from "./support/action-calls.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { mailsGone } from "./support/mails-gone.ts";
import { member, signInAs } from "./support/member.ts";
import { roleOf } from "./support/role-of.ts";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
const box = (page: Page, at: number) => page.getByLabel(`Email ${at}`, { exact: true });
const messageBox = (page: Page) => page.getByLabel("Personal message");
const here = (account: TestAccount) => `/a/${account.slug}/enrollment/invite`;

const invitationsOf = (account: TestAccount) =>
  withAccount({ accountId: account.id }, (tx) =>
    tx.execute<{ email: string; state: string; mails: number }>(sql`
      select email, state, (select count(*)::int from emails m where m.subject_id = i.id) as mails
      from invitations i order by email`),
  ).then((rows) => [...rows]);

test("every address has its answer beside its box; the good ones go, the others stay to be mended @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await member(account, { name: "Al Active" });
  await member(account, { name: "Sue Spended", status: "active" });
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`update users set status = 'suspended', status_before_suspension = 'active', suspended_at = now()
      where first_name = 'Sue'`),
  );
  await page.goto(`/a/${account.slug}/enrollment`);
  await page.getByRole("main").getByRole("link", { name: "Invite", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Invite");
  const { domain } = account;
  await box(page, 2).fill(
    `"Doe, J" <jo@${domain}>; al.active@${domain}\nsue.spended@${domain},gr ace@${domain}`,
  );
  await messageBox(page).fill("Hello!\nSee you on Monday.");
  await press(page, "Send Invitations");
  await expect(page.getByText("1 address done. 3 addresses need a look")).toBeVisible();
  await expect(box(page, 1)).toHaveValue("");
  await expect(box(page, 1)).toHaveAccessibleDescription(`jo@${domain}: Invited.`);
  await expect(box(page, 2)).toHaveAccessibleDescription("Is a user already: Active.");
  await expect(box(page, 3)).toHaveAccessibleDescription(/Is suspended, and was not invited/);
  await expect(box(page, 4)).toHaveValue(`gr ace@${domain}`);
  await expect(box(page, 4)).toHaveAccessibleDescription(new RegExp(`Did you mean “grace@${domain}”`));
  await press(page, "Reactivate");
  await expect(box(page, 3)).toHaveAccessibleDescription(/Restored: Active again/);
  await expect(box(page, 3)).toHaveValue("");
  await expect(box(page, 1), "what was told before stays").toHaveAccessibleDescription(/Invited/);
  await expect(messageBox(page)).toHaveValue("Hello!\nSee you on Monday.");
  await box(page, 2).fill(`jo@${domain}`);
  await box(page, 4).fill(`grace@${domain}`);
  await press(page, "Send Invitations");
  await expect(box(page, 4)).toHaveAccessibleDescription(`grace@${domain}: Invited.`);
  await expect(box(page, 2)).toHaveAccessibleDescription(/Is invited already/);
  await mailsGone(account);
  await press(page, "Resend");
  await expect(box(page, 2)).toHaveAccessibleDescription(/Invited again: the mail goes out now/);
  await expect(messageBox(page), "nobody is left to send it to").toHaveValue("");
  expect(await invitationsOf(account)).toEqual([
    { email: `grace@${domain}`, state: "open", mails: 1 },
    { email: `jo@${domain}`, state: "open", mails: 2 },
  ]);
});

test("a sixth, ten thousand, a message with a link: nobody is invited, nothing typed is lost; Clear All @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(here(account));
  const six = Array.from({ length: 6 }, (_, at) => `p${at}@${account.domain}`);
  await box(page, 1).fill(six.slice(0, 5).join(", "));
  await box(page, 5).fill(six[5] as string);
  await press(page, "Send Invitations");
  await expect(page.getByText("You have written 6 addresses; 5 at once is the most.")).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: "Bulk Invite" })).toHaveAttribute(
    "href",
    `/a/${account.slug}/enrollment/bulk-invite`,
  );
  await expect(box(page, 1)).toHaveValue(six.slice(0, 5).join(", "));
  // With commas: the test's way of typing takes minutes over ten thousand lines, where a paste takes none.
  const many = Array.from({ length: 10_000 }, (_, at) => `person.${at}@${account.domain}`).join(", ");
  await box(page, 1).fill(many);
  await press(page, "Send Invitations");
  await expect(page.getByText("You have written 10,001 addresses")).toBeVisible();
  await expect(box(page, 1)).toHaveValue(many);
  await box(page, 1).fill("");
  await messageBox(page).fill("Hello,\nsee https://evil.example/x");
  await press(page, "Send Invitations");
  await expect(messageBox(page)).toHaveAccessibleDescription(
    /Line 2: mail programs would make a link of “https:\/\/evil.example\/x”/,
  );
  await expect(box(page, 5)).toHaveValue(six[5] as string);
  await press(page, "Clear All");
  await expect(box(page, 5)).toHaveValue("");
  await expect(messageBox(page)).toHaveValue("");
  await expect(page.getByText("mail programs would make a link")).toHaveCount(0);
  expect(await invitationsOf(account)).toEqual([]);
});

test("Copy link: in the clipboard with scripts, in a field without; the same on the person's page @scripts-off", async ({
  ownerPage: page,
  account,
  context,
  app,
}) => {
  const scripts = test.info().project.use.javaScriptEnabled !== false;
  if (scripts) await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: app.url });
  const email = `bo.berg@${account.domain}`;
  const id = await member(account, { status: "not_invited" });
  await page.goto(`/a/${account.slug}/users/${id}`);
  await press(page, "Invite");
  await expect(page.getByText("Invited. Was known here, and not invited before.")).toBeVisible();
  await page.goto(here(account));
  const row = page.getByRole("row").filter({ hasText: email });
  await expect(row).toContainText("Open");
  await row.getByRole("button", { name: "Copy link" }).click();
  const field = row.getByLabel(`link for ${email}`);
  await expect(field).toHaveValue(new RegExp(`^${app.url}/join/[\\w-]{50,}$`));
  await expect(field).toHaveAttribute("readonly");
  const link = await field.inputValue();
  if (scripts) {
    await expect(row.getByText("Copied: the link")).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  }
  await page.goto(`/a/${account.slug}/users/${id}`);
  await press(page, "Copy link");
  await expect(page.getByLabel(`link for ${email}`)).toHaveValue(link);
  await mailsGone(account);
  await press(page, "Resend");
  await expect(page.getByText(`Invited again: the mail to ${email} goes out now.`)).toBeVisible();
  await press(page, "Resend");
  await expect(
    page.getByText("It was sent again less than a minute ago. Wait until ten have passed."),
  ).toBeVisible();
  await press(page, "Revoke");
  await expect(page.getByText(`Revoked: the links to ${email} lead nowhere any more.`)).toBeVisible();
  await expect(page.getByText("Not Invited", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy link" })).toHaveCount(0);
});

test("who invites by keyboard alone is still in the box after the answer", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(here(account));
  await box(page, 1).focus();
  await page.keyboard.type("bad");
  await page.keyboard.press("Enter");
  await expect(page.getByText("is not a valid e-mail address")).toBeVisible();
  await expect(box(page, 1)).toBeFocused();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type(`keys@${account.domain}`);
  await page.keyboard.press("Enter");
  await expect(page.getByText("1 address done.")).toBeVisible();
  await expect(box(page, 1)).toBeFocused();
});

test("the same form fifty times at once invites each once", async ({ app, account }) => {
  const { cookie } = await cookieOf(app, account);
  const id = builtActions().get(
    "app/(console)/a/[account]/enrollment/invite/invite-actions.ts#sendInvitations",
  )?.id;
  const emails = [1, 2, 3, 4, 5].map((at) => `p${at}@${account.domain}`);
  const fields = Object.fromEntries(emails.map((email, at) => [`email${at + 1}`, email]));
  const headers = { origin: app.url, cookie };
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => callAction(app.url, id ?? "", { path: here(account), fields, headers })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect(await invitationsOf(account)).toEqual(emails.map((email) => ({ email, state: "open", mails: 1 })));
});

test("who may not invite sees neither the page nor a way to it", async ({ page, app, account }) => {
  const id = await member(account);
  await roleOf(account, id, ["enrollment.import", "users.view"]);
  const invited = await member(account, { name: "Not Yet", status: "not_invited" });
  await signInAs(page, app, account, id);
  await page.goto(`/a/${account.slug}/enrollment`);
  await expect(page.getByRole("link", { name: "Import", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("link", { name: /Invite/ })).toHaveCount(0);
  await page.goto(`/a/${account.slug}/users/${invited}`);
  await expect(page.getByRole("button", { name: "Invite" })).toHaveCount(0);
  expect((await page.goto(here(account)))?.status()).toBe(404);
});
