import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import { member, signInAs } from "./support/member.ts";
import { roleOf } from "./support/role-of.ts";
import { someInvitations } from "./support/some-invitations.ts";

const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();
/** What is done to all that were ticked; each row has such buttons of its own. */
const together = (page: Page, name: string) =>
  page.getByRole("group", { name: "Many at once" }).getByRole("button", { name, exact: true }).click();
const row = (page: Page, address: string) => page.getByRole("row").filter({ hasText: address });

const everySort = {
  "Cy Cold": "bounced",
  "Flo Fair": "sent",
  "Jo Joined": "joined",
  "Rob Late": "ran out",
} as const;

test("invitations are looked for, one is copied, sent again and revoked, and each tells its story @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await someInvitations(account, everySort);
  await page.goto(`/a/${account.slug}`);
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Invitations" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Invitations");
  await expect(page.getByRole("status").filter({ hasText: "4 invitations" })).toBeVisible();
  await expect(row(page, "rob.late")).toContainText("Expired");
  await expect(row(page, "cy.cold")).toContainText("Bounced");
  await expect(row(page, "jo.joined").getByRole("button")).toHaveCount(0);

  await row(page, "flo.fair").getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByLabel(/link for flo\.fair/)).toHaveValue(/\/join\/[\w-]{54}$/);
  await row(page, "cy.cold").getByRole("button", { name: "Resend" }).click();
  await expect(page.getByText("The address has bounced, so that no mail goes there.")).toBeVisible();
  await row(page, "rob.late").getByRole("button", { name: "Resend" }).click();
  await expect(page.getByText("Invited again: the mail to rob.late")).toBeVisible();
  await expect(row(page, "rob.late")).toContainText("Open");

  await page.getByLabel("Mail", { exact: true }).selectOption({ label: "Bounced" });
  await press(page, "Filter");
  await expect(page.getByRole("row")).toHaveCount(2);
  await row(page, "cy.cold").getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Invitation of cy.cold");
  await expect(page.getByText("The address does not take mail. Mend it")).toBeVisible();
  const story = page.getByRole("region", { name: "What became of it" }).getByRole("listitem");
  await expect(story).toHaveText([/^Invited/, /^Mail queued/, /^Mail sent/, /^Mail bounced/]);
  await press(page, "Revoke");
  await expect(page.getByText("Revoked: the links to cy.cold")).toBeVisible();
  await expect(story.last()).toHaveText(/^Revoked/);
});

test("those to chase are one press away, and are sent again together with what it came to @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await someInvitations(account, { ...everySort, "Gus Good": "sent" });
  await page.goto(`/a/${account.slug}/invitations`);
  await page.getByRole("link", { name: "From invited to joined" }).click();
  const figures = page.locator("dl").filter({ hasText: "To chase" });
  await expect(figures).toContainText(/5\s*Invited|Invited\s*5/);
  await page.getByRole("link", { name: "By department" }).click();
  await expect(row(page, "Sales")).toContainText("20 %");
  await row(page, "Sales").getByRole("link", { name: "2", exact: true }).click();
  await expect(page.getByRole("status").filter({ hasText: "2 invitations" })).toBeVisible();
  await page.getByRole("checkbox", { name: "All that match (2)" }).check();
  await together(page, "Resend");
  await expect(page.getByRole("heading", { name: "2 invitations would be sent again" })).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText("Mails that went out cannot be taken back.")).toBeVisible();
  await press(page, "Apply");
  await expect(page.getByRole("status").filter({ hasText: "is done" })).toContainText(
    "2 invitations sent again",
    { timeout: 30_000 },
  );
  await expect(page.getByRole("button", { name: /Undo/ })).toHaveCount(0);
  await page.getByRole("link", { name: "Results" }).click();
  await expect(row(page, "flo.fair")).toContainText("Sent again; the link mailed before leads nowhere now.");
  await page.goto(`/a/${account.slug}/invitations?chase=yes`);
  await expect(page.getByText("No invitation matches")).toBeVisible();

  await page.goto(`/a/${account.slug}/invitations?search=gus`);
  await page.getByRole("checkbox", { name: /^Pick gus/ }).check();
  await together(page, "Revoke");
  await expect(page.getByRole("heading", { name: "1 invitation would be revoked" })).toBeVisible({
    timeout: 30_000,
  });
  await press(page, "Apply");
  await expect(page.getByText("Type the number of those that would be changed.")).toBeVisible();
  await page.getByLabel("Number of invitations").fill("1");
  await press(page, "Apply");
  await expect(page.getByText("A revocation cannot be taken back")).toBeVisible({ timeout: 30_000 });
});

test("who may invite and nothing else has the list and what it does, and is led to no page they may not see", async ({
  page,
  app,
  account,
}) => {
  await someInvitations(account, { "Flo Fair": "sent" });
  const inviter = await member(account, { name: "Ina Inviter" });
  await roleOf(account, inviter, ["enrollment.invite"]);
  await signInAs(page, app, account, inviter);
  await page.goto(`/a/${account.slug}/invitations`);
  await page.getByRole("checkbox", { name: /^Pick flo/ }).check();
  await together(page, "Resend");
  await expect(page.getByRole("heading", { name: "1 invitation would be sent again" })).toBeVisible({
    timeout: 30_000,
  });
  for (const link of await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link").all()) {
    const href = await link.getAttribute("href");
    expect([href, (await page.request.get(href as string)).status()]).toEqual([href, 200]);
  }
});
