import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { manyPeople, sendFile, statusOf } from "./support/import-file.ts";

test("the chosen appearance stays, and System follows the browser again @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  const ground = () => page.locator("body").evaluate((body) => getComputedStyle(body).backgroundColor);
  const light = await ground();
  const choose = async (name: string) => {
    await page.getByRole("button", { name: "Ada Owner" }).click();
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.locator("html")).toHaveAttribute("data-theme", name.toLowerCase());
  };
  await choose("Dark");
  expect(await ground()).not.toBe(light);
  await page.goto(`/a/${account.slug}/users`);
  expect(await ground()).not.toBe(light);
  await choose("Light");
  expect(page.url()).toContain("/users");
  expect(await ground()).toBe(light);
  await page.getByRole("button", { name: "Ada Owner" }).click();
  await page.getByRole("button", { name: "System", exact: true }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme", /./);
});

test("pages carry their guards: scripts by nonce alone, no framing, no store", async ({
  page,
  ownerPage,
  account,
}) => {
  const answer = await ownerPage.goto(`/a/${account.slug}/users`);
  const headers = answer?.headers() ?? {};
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*unsafe/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
  });
  expect(headers["cache-control"]).toContain("no-store");
  expect(headers["x-powered-by"]).toBeUndefined();
  const nonces = await Promise.all(
    ["/sign-in/x", "/sign-in/x"].map(
      async (path) => (await page.request.get(path)).headers()["content-security-policy"],
    ),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("the navigation names the account, the place and nothing that is not there", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/enrollment`);
  const navigation = page.getByRole("navigation", { name: "Main" });
  const links = await navigation.getByRole("link").all();
  expect(await Promise.all(links.map((link) => link.innerText()))).toEqual([
    "Overview",
    "Users",
    "Invitations",
    "Audit",
    "Enrollment",
    "Invite",
    "Bulk Invite",
    "Import",
    "Directory Sync",
    "Settings",
    "Admins",
    "Roles",
    "Domains",
    "Seats",
    "Sign-in",
    "Mail",
    "Account",
  ]);
  for (const link of links) {
    const answer = await page.request.get((await link.getAttribute("href")) ?? "");
    expect(answer.status(), await link.innerText()).toBe(200);
  }
  await navigation.getByRole("link", { name: "Import" }).click();
  await page.waitForURL("**/enrollment/import");
  await expect(navigation.locator("[aria-current=page]")).toHaveText("Import");
  await expect(page.getByRole("navigation", { name: "Breadcrumb" })).toContainText(account.name);
});

/** A run that is over; its id. */
async function ended({ id }: TestAccount, kind: string, options: object): Promise<string> {
  const [run] = await withAccount({ accountId: id }, (tx) =>
    tx.execute<{ id: string }>(sql`
      insert into runs (account_id, kind, mode, state, requested_by_name, options)
      values (${id}, ${kind}, 'apply', 'completed', 'Ada Owner', ${JSON.stringify(options)}::jsonb) returning id`),
  );
  return run?.id as string;
}

test("the report of a run belongs to the page that it was asked for on", async ({
  ownerPage: page,
  account,
}) => {
  for (const [place, kind, options] of [
    ["Import", "import", {}],
    ["Bulk Invite", "bulk_invite", {}],
    ["Users", "bulk_change", { action: "suspend", people: [] }],
    ["Invitations", "bulk_change", { action: "resend", invitations: [] }],
  ] as const) {
    await page.goto(`/a/${account.slug}/runs/${await ended(account, kind, options)}`);
    const current = page.getByRole("navigation", { name: "Main" }).locator("[aria-current=true]");
    await expect(current).toHaveText([place]);
  }
});

test("an import can be cancelled while it runs, and says what was done @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await sendFile(page, account, { text: manyPeople(account, 60_000) });
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(statusOf(page)).toContainText("was cancelled", { timeout: 30_000 });
  await expect(page.getByRole("button", { name: "Cancel" })).toHaveCount(0);
});

test("the process says that it is well", async ({ page }) => {
  const answer = await page.request.get("/healthz");
  expect([answer.status(), (await answer.text()).trim()]).toEqual([200, "ok"]);
});
