import { closeDatabase, openDatabase } from "#lib/db/database.ts";
import { startApp } from "#tests/support/app-under-test.ts";
import { test as base, expect } from "#tests/support/journey.ts";
import { type RunningDrill, startDrill } from "#tests/support/ldap/start-drill.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { expectSound } from "./support/expect-sound.ts";

/** The application beside a sample directory, as local mode starts them. */
const test = base.extend<{ normalAgain: undefined }, { drill: RunningDrill }>({
  drill: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the wanted fixtures from the pattern itself.
    async ({}, use) => {
      const drill = await startDrill();
      await use(drill);
      await drill.stop();
    },
    { scope: "worker" },
  ],
  app: [
    async ({ drill }, use) => {
      const { url, token } = drill.door;
      const app = await startApp(JSON.parse(process.env.ROLLCALL_TEST_CLUSTER ?? "{}"), {
        ROLLCALL_DRILL_URL: url,
        ROLLCALL_DRILL_TOKEN: token,
      });
      openDatabase(app.database.ownerUrl, { max: 2 });
      await use(app);
      await closeDatabase();
      await app.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  normalAgain: [
    async ({ drill }, use) => {
      await use(undefined);
      await drill.drill.play("normal");
    },
    { auto: true },
  ],
});

const pageOf = (account: TestAccount) => `/a/${account.slug}/enrollment/directory-sync/fire-drill`;

test("an accident is played, is on, and ends again @scripts-off", async ({
  ownerPage: page,
  account,
  drill,
}) => {
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await page.getByRole("link", { name: "Fire drill" }).click();
  await page.waitForURL(`**${pageOf(account)}`);
  const drills = page.getByRole("list", { name: "Drills" });
  await expect(drills.getByRole("listitem")).toHaveCount(7);
  const on = drills.getByRole("listitem").filter({ hasText: "On now" });
  await expect(on.getByRole("heading")).toHaveText("Normal");
  await page.getByRole("button", { name: "Play Outage" }).click();
  await expect(page.getByRole("status")).toContainText("Outage is on.");
  await expect(page.getByRole("link", { name: "Run a sync now" })).toHaveAttribute(
    "href",
    `/a/${account.slug}/enrollment/directory-sync`,
  );
  await expect(on.getByRole("heading")).toHaveText("Outage");
  await expect(drills).toContainText("Nobody is suspended. The run fails and says why.");
  await expect(drill.open("ldaps")).rejects.toThrow("unreachable");
  await page.getByRole("button", { name: "Back to normal" }).click();
  await expect(on.getByRole("heading")).toHaveText("Normal");
  (await drill.open("ldaps")).close();
});

test("what the page says of the way to connect is true", async ({ ownerPage: page, account, drill }) => {
  await page.goto(pageOf(account));
  await expect(page.getByLabel("CA certificate")).toHaveValue(drill.certificates.ca);
  await expect(page.getByText(`${drill.ports.ldaps} with LDAPS, ${drill.ports.startTls} with`)).toBeVisible();
  await expect(page.getByRole("link", { name: "Directory Sync" }).first()).toHaveAttribute(
    "href",
    `/a/${account.slug}/enrollment/directory-sync`,
  );
});

test("no fault for axe, and nothing that scrolls sideways", async ({ ownerPage: page, account, drill }) => {
  await drill.drill.play("leavers");
  await page.goto(pageOf(account));
  await expectSound(page);
});

base("without a sample directory there is no such page", async ({ ownerPage: page, account }) => {
  await page.goto(pageOf(account));
  await expect(page).toHaveURL(/no-such-page/);
  await page.goto(`/a/${account.slug}`);
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await expect(page.getByRole("link", { name: "Local mailbox" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Fire drill" })).toHaveCount(0);
});
