import type { Page } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { axe } from "./support/axe.ts";
import { crowd, removing } from "./support/crowd.ts";
import { importFile, manyPeople } from "./support/import-file.ts";
import { invited } from "./support/invited.ts";

async function violations(page: Page, ofPagesAlone: string[] = []): Promise<string[]> {
  const { violations: found } = await axe(page).disableRules(ofPagesAlone).analyze();
  return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

const longName = "a-list-of-people-whose-name-".repeat(6);

async function faultless(page: Page, paths: string[]): Promise<void> {
  for (const path of paths) {
    await page.goto(path);
    expect(await violations(page), path).toEqual([]);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond, `${path} is wider than the window`).toBeLessThanOrEqual(0);
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

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 390]) {
    test.describe(`no fault for axe, and nothing that scrolls sideways: ${colorScheme}, ${width} px`, () => {
      test.use({
        colorScheme,
        contextOptions: { reducedMotion: "reduce" },
        viewport: { width, height: 900 },
      });

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
        expect(await violations(page, ["document-title", "landmark-one-main", "region"])).toEqual([]);
      });

      test("the pages of an import", async ({ ownerPage: page, account }) => {
        const report = await importFile(page, account, roster(account));
        const status = `/a/${account.slug}/enrollment/import?run=${report.split("/").at(-1)}`;
        const pages = [
          "",
          "/results",
          "/results?outcome=skipped",
          "/changes",
          "/changes?kind=restore",
          "/mend",
        ];
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
        expect(await violations(page), "the open menu").toEqual([]);
        await page.context().clearCookies();
        await page.goto("/sign-in");
        await page.getByRole("button", { name: "Send the link" }).click();
        await expect(page.getByText("Enter your address.")).toBeVisible();
        expect(await violations(page), "/sign-in").toEqual([]);
      });
    });
  }
}

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
