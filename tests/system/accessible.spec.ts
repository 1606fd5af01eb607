import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { crowd, removing } from "./support/crowd.ts";
import { expectSound } from "./support/expect-sound.ts";
import { importFile, manyPeople } from "./support/import-file.ts";
import { invited } from "./support/invited.ts";

const longName = "a-list-of-people-whose-name-".repeat(6);

async function faultless(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    await expectSound(page);
    await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  }
}

/** Sixty people and a line that fails, in a file with a long name. */
function roster(account: TestAccount) {
  const text = `${manyPeople(account, 60)}\nbad address,${"Wolfeschlegelsteinhausen".repeat(8)},One\n`;
  return { name: `${longName}.csv`, text };
}

const ofInviting = {
  enrollment: ["/enrollment", "/enrollment/invite", "/enrollment/import", "/enrollment/bulk-invite"],
  mail: ["/settings/mail", "/settings/mail?kind=reminder&language=de"],
  invitations: ["/invitations", "/invitations?state=revoked", "/invitations/funnel?by=department"],
};

test.describe("no fault for axe, and nothing that scrolls sideways: light and dark, 1280 and 390 px", () => {
  test("the pages of an account", async ({ ownerPage: page, account }) => {
    const home = `/a/${account.slug}`;
    await faultless(page, [home, `${home}/enrollment/import/history`]);
    await importFile(page, account, roster(account));
    const pages = ["", "/users", "/users?search=nobody", "/enrollment/import/history"];
    await faultless(
      page,
      pages.map((path) => home + path),
    );
  });

  for (const [what, paths] of Object.entries(ofInviting))
    test(`the pages of ${what}`, async ({ ownerPage: page, account }) => {
      await importFile(page, account, roster(account));
      await faultless(
        page,
        paths.map((path) => `/a/${account.slug}${path}`),
      );
    });

  test("the mail that the settings show", async ({ ownerPage: page, account }) => {
    const letter = await page.request.get(`/a/${account.slug}/settings/mail/preview?kind=invitation`);
    // As it is in a mail program: without our policy, which lets no script look at it.
    await page.goto("about:blank");
    await page.setContent(await letter.text());
    await expect(page.getByRole("link").first()).toBeVisible();
    await expectSound(page, ["document-title", "landmark-one-main", "region"]);
  });

  test("the pages of an import", async ({ ownerPage: page, account }) => {
    const report = await importFile(page, account, roster(account));
    const status = `/a/${account.slug}/enrollment/import?run=${report.split("/").at(-1)}`;
    const pages = ["", "/results", "/results?outcome=skipped", "/changes", "/changes?kind=restore", "/mend"];
    await faultless(page, [status, ...pages.map((path) => report + path)]);
  });

  test("what waits for approval", async ({ ownerPage: page, account }) => {
    await crowd(account, 99);
    const report = await importFile(page, account, { text: removing(account, 30) });
    await faultless(page, [report, `/a/${account.slug}`]);
  });

  test("the pages outside", async ({ app, ownerPage: page, account }) => {
    await faultless(page, ["/local/mailbox", "/no/such/page", "/sign-in/wrong"]);
    const email = `${longName.slice(0, 60)}@${"a".repeat(60)}.${account.domain}`;
    const { mailed, copied } = await invited(app, account, { name: "النور Wolfeschlegel", email });
    await faultless(page, [mailed, copied, "/join/none", "/join/ask", "/join/check-your-mail"]);
    await page.goto(`/a/${account.slug}`);
    await page.getByRole("button", { name: "Ada Owner" }).click();
    await expectSound(page);
    await page.context().clearCookies();
    await page.goto("/sign-in");
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByText("Enter your address.")).toBeVisible();
    await expectSound(page);
  });
});

test("an import by keyboard alone @scripts-off", async ({ ownerPage: page, account }) => {
  await page.goto(`/a/${account.slug}/enrollment/import`);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.getByLabel("Choose File").focus();
  const choosing = page.waitForEvent("filechooser");
  await page.keyboard.press("Space");
  const file = { name: "keys.csv", mimeType: "text/csv", buffer: Buffer.from(manyPeople(account, 1)) };
  await (await choosing).setFiles(file);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Check File" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Import File" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL("**/enrollment/import?run=*");
  await expect(page.getByRole("link", { name: "here", exact: true })).toBeVisible({ timeout: 30_000 });
});

test("skip link, menu and focus ring work from the keyboard", async ({ ownerPage: page, account }) => {
  await page.goto(`/a/${account.slug}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("main")).toBeFocused();
  const button = page.getByRole("button", { name: "Ada Owner" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
  await expect(button).toBeFocused();
  expect(await button.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe("solid");
});
