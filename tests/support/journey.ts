import { test as base, expect, type Page } from "@playwright/test";
import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { type AppUnderTest, startApp } from "./app-under-test.ts";
import { makeAccount, type TestAccount } from "./make-account.ts";
import { sessionCookie } from "./session-cookie.ts";

type ForEachTest = {
  /** A fresh account of its own for this test. */
  account: TestAccount;
  /** A page signed in as the owner of `account`, standing on its overview. */
  ownerPage: Page;
};
type ForEachWorker = { app: AppUnderTest };

// The browser logs every answer of 400 and above, which is the tests' own business, and that a sandboxed frame kept
// the recorder of traces from running its script there.
const notOurs =
  /^(Failed to load resource|Blocked script execution in '(about:srcdoc|[^']*\/settings\/mail\/preview[^']*)')/;

/** Playwright's `test` with the application under test. Tag a test @scripts-off to run it without scripts as well. */
export const test = base.extend<ForEachTest, ForEachWorker>({
  app: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern itself.
    async ({}, use) => {
      const app = await startApp(JSON.parse(process.env.ROLLCALL_TEST_CLUSTER ?? "{}"));
      openDatabase(app.database.ownerUrl, { max: 2 });
      await use(app);
      await closeDatabase();
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ app }, use) => use(app.url),
  account: async ({ app }, use) => use(await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "")),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error" && !notOurs.test(line.text())) faults.push(line.text());
    });
    await use(page);
    expect(faults, "errors in the browser's console").toEqual([]);
  },
  // The way through the pages is walked by the tests of signing in; here it would be a third of many a test.
  ownerPage: async ({ page, account, app }, use) => {
    const userAgent = await page.evaluate(() => navigator.userAgent);
    const cookie = await sessionCookie(account, app.environment, { ip: "127.0.0.1", userAgent });
    const [name = "", value = ""] = cookie.split("=");
    await page.context().addCookies([{ name, value, url: app.url, httpOnly: true, sameSite: "Lax" }]);
    await page.goto(`/a/${account.slug}`);
    await use(page);
  },
});

export { expect };

/** Signs in through the real link: a button, for scanners open links. */
export async function signIn(page: Page, account: TestAccount): Promise<void> {
  await page.goto(await account.signInPath());
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`**/a/${account.slug}**`);
}
