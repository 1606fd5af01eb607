import type { Page, Route } from "@playwright/test";
import { expect, test } from "#tests/support/journey.ts";
import { makeAccount } from "#tests/support/make-account.ts";
import { sendFile as post } from "#tests/support/send-file.ts";
import { sessionCookie } from "#tests/support/session-cookie.ts";

const alert = (page: Page) => page.locator("main").getByRole("alert");
const here = (page: Page) => page.getByRole("link", { name: "here", exact: true });

test("a broken connection is told, and file and options are still there", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/enrollment/import`);
  const file = {
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`Email ID\na@${account.domain}\n`),
  };
  await page.getByLabel("Choose File").setInputFiles(file);
  await page.getByText("Options", { exact: true }).click();
  await page.getByLabel("Clear word").fill("empty");
  await page.route("**/import/upload", (route) => route.abort("connectionreset"), { times: 1 });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(alert(page)).toContainText("The connection broke off");
  await expect(page.getByLabel("Clear word")).toHaveValue("empty");
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(here(page)).toBeVisible({ timeout: 30_000 });
});

test("the progress of the upload is shown, and a second press sends nothing", async ({
  ownerPage: page,
  account,
}) => {
  await page.goto(`/a/${account.slug}/enrollment/import`);
  const file = {
    name: "people.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(`Email ID\na@${account.domain}\n`),
  };
  await page.getByLabel("Choose File").setInputFiles(file);
  const gate = Promise.withResolvers<void>();
  let uploads = 0;
  page.on("request", (request) => {
    if (request.url().endsWith("/import/upload")) uploads += 1;
  });
  const hold = async (route: Route) => {
    await gate.promise;
    await route.continue();
  };
  // Once only: while a page is routed it has no cache, and a style sheet that comes late breaks off its transition.
  await page.route("**/import/upload", hold, { times: 1 });
  await page.getByRole("button", { name: "Import File" }).click();
  await expect(page.getByRole("progressbar", { name: "Progress of the upload" })).toBeVisible();
  await page.getByRole("button", { name: "Import File" }).click({ force: true });
  gate.resolve();
  await expect(here(page)).toBeVisible({ timeout: 30_000 });
  expect(uploads).toBe(1);
});

const wordly = "20 characters at most";
test("doctored forms are refused and leave nothing", async ({ app, account }) => {
  const cookie = await sessionCookie(account, app.environment);
  const own = { url: app.url, account, cookie };
  const text = () => [Buffer.from(`Email ID\na@${account.domain}\n`)];
  for (const mode of ["", "delete", "CHECK", "map\0"]) {
    const answer = await post({ ...own, mode }, text());
    expect(answer.location).toBe(`/a/${account.slug}/enrollment/import`);
    expect(answer.flash).toContain("not said what to do");
  }
  for (const [clearWord, says] of [
    ["x".repeat(21), wordly],
    ["x".repeat(5_000), wordly],
    ["a\u0007b", "cannot be seen"],
    ["  ", "1 to 20"],
  ] as const) {
    const before = await post({ ...own, before: { clearWord, usualClearWord: "-" } }, text());
    const after = await post({ ...own, after: { clearWord, usualClearWord: "-" } }, text());
    expect(before.flash).toContain(says);
    expect([after.flash, after.location]).toEqual([before.flash, before.location]);
  }
  const chosen = await post(
    { ...own, mode: "map", before: { usualClearWord: "-", createUnknown: "on" } },
    text(),
  );
  expect(chosen.location).toMatch(/\/import\/map\?upload=[0-9a-f-]{36}&createUnknown=on&alert=off$/);
  const other = await makeAccount(app.environment.ROLLCALL_TOKEN_KEY ?? "");
  const theirs = await sessionCookie(other, app.environment);
  const path = (chosen.location ?? "").replace(account.slug, other.slug);
  const answer = await fetch(app.url + path, { headers: { cookie: theirs }, redirect: "manual" });
  expect(answer.headers.get("location")).toContain("/enrollment/import?gone=1");
});
