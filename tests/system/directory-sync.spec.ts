import { sampleSuffix } from "#bin/local/ldap/sample-directory.ts";
import { expect } from "#tests/support/journey.ts";
import { readerPassword } from "#tests/support/ldap/start-directory.ts";
import { connect, ended, fillConnection, pageOfSync as here, test } from "./support/connected.ts";
import { expectSound } from "./support/expect-sound.ts";

test("from nothing to a completed sync, and the hold after it @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await page.goto(here(account));
  await expect(page.getByRole("button", { name: "Run Now" })).toBeDisabled();
  await page.getByRole("link", { name: "Define the connection first" }).click();
  await connect(page, account, directory.port);
  await page.goto(here(account));
  await page.getByRole("button", { name: "Preview" }).click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("button", { name: "Apply exactly this" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await page.getByRole("button", { name: "Apply exactly this" }).click();
  await ended(page);
  await expect(page.getByRole("button", { name: "Run Now" })).toBeDisabled();
  await page.getByRole("button", { name: "Run when the hold ends" }).click();
  await expect(page.getByText("You have asked for a run when the hold ends.")).toBeVisible();
  await page.getByRole("button", { name: "Take that back" }).click();
  await page.getByRole("link", { name: "here", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Report on Active Directory Sync" })).toBeVisible();
  await page.goto(here(account));
  await page.getByRole("link", { name: "Sync History" }).click();
  await expect(
    page.getByRole("heading", { name: "History of Active Directory Synchronization Runs" }),
  ).toBeVisible();
  await expect(page.getByRole("link", { name: "Sync Results" })).toHaveCount(1);
});

test("a connection that fails says at which step, keeps what was typed, and is not used @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await page.goto(`${here(account)}/connection`);
  await fillConnection(page, directory.port, "wrong");
  await page.getByRole("button", { name: "Test Connection" }).click();
  await expect(page.getByRole("alert").first()).toContainText("Signing in: The server refuses this User ID");
  await expect(page.getByLabel("Base DN")).toHaveValue(sampleSuffix);
  // No answer carries it; with scripts the box keeps it.
  const hasScripts = test.info().project.use.javaScriptEnabled !== false;
  await expect(page.getByLabel("Password")).toHaveValue(hasScripts ? "wrong" : "");
  await page.getByLabel("Base DN").fill("nonsense");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("This is no distinguished name.")).toBeVisible();
  await page.getByLabel("Base DN").fill("dc=nowhere");
  await page.getByLabel("Password").fill(readerPassword);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(
    page.getByText("Saved, but the test failed. Reading: The Base DN does not exist"),
  ).toBeVisible();
  await expect(page.getByLabel("Password")).toHaveValue("");
  await page.goto(here(account));
  await expect(page.getByRole("button", { name: "Run Now" })).toBeDisabled();
});

test("units and lists are chosen from the directory as it is now @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await connect(page, account, directory.port);
  await page.goto(`${here(account)}/organizational-units`);
  await page.getByLabel("Import specific units").check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Tick at least one unit")).toBeVisible();
  await page.getByLabel("Import specific units").check();
  await page.getByLabel(/^Staff 60 people/).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The next sync reads everything")).toBeVisible();
  await page.goto(`${here(account)}/distribution-lists?search=al*`);
  await expect(page.getByText("No list has “al*” in its name or address.")).toBeVisible();
  await page.getByRole("textbox", { name: "Search" }).fill("all-st");
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByLabel(/^all-staff/).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved. The next sync brings their members.")).toBeVisible();
  await page.goto(here(account));
  await expect(page.getByText("1 unit and what is below it")).toBeVisible();
  await expect(page.getByText("1 list", { exact: true })).toBeVisible();
});

test("attributes, rules, protection and schedule are kept by version, compared and restored @scripts-off", async ({
  ownerPage: page,
  account,
  directory,
}) => {
  await connect(page, account, directory.port);
  await page.goto(`${here(account)}/users`);
  await expect(page.getByText("60 people match the inclusion rule now.")).toBeVisible();
  await page.getByLabel("Inclusion Rules").fill("(l=Berlin");
  await page.getByLabel("Value of rule 1").fill("Sales");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/Character \d+: a closing parenthesis is missing/)).toBeVisible();
  await expect(page.getByLabel("Value of rule 1")).toHaveValue("Sales");
  await page.getByLabel("Inclusion Rules").fill("(l=Berlin)");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("15 people match the inclusion rule now.")).toBeVisible();
  await page.goto(`${here(account)}/protected`);
  await page.getByLabel("Users").fill("nobody@acme.test");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Nobody here has nobody@acme.test.")).toBeVisible();
  await page.getByLabel("Users").fill(account.owner.email);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.goto(`${here(account)}/schedule`);
  await page.getByLabel("Enable Synchronization").check();
  await page.getByLabel("Frequency").selectOption("weekly");
  await page.getByLabel("Time", { exact: true }).fill("04:30");
  await page.getByLabel("Time zone").selectOption("Europe/Berlin");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Next three times" })).toBeVisible();
  await page.goto(`${here(account)}/versions?from=1&to=4`);
  await expect(page.getByText("Inclusion rule: nothing → (l=Berlin)").first()).toBeVisible();
  await page.getByRole("button", { name: "Restore" }).last().click();
  await expect(page.getByText("These are version 5 now.")).toBeVisible();
  const exported = await page.request.get(`${here(account)}/versions/4/export`);
  expect(await exported.json()).toMatchObject({
    users: { inclusion: "(l=Berlin)" },
    connection: { host: "127.0.0.1" },
  });
  expect(await exported.text()).not.toContain(readerPassword);
  await page.getByLabel("Exported settings").fill(await exported.text());
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("These are version 6 now.")).toBeVisible();
  const first = await page.request.get(`${here(account)}/versions/1/export`);
  const file = { name: "settings.json", mimeType: "application/json", buffer: await first.body() };
  await page.getByLabel("Exported file").setInputFiles(file);
  await page.getByRole("button", { name: "Import" }).click();
  await expect(page.getByText("These are version 7 now.")).toBeVisible();
});

test("the pages are accessible", async ({ ownerPage: page, account, directory }) => {
  await connect(page, account, directory.port);
  for (const path of [
    "",
    "/connection",
    "/organizational-units",
    "/distribution-lists?search=all",
    "/history",
    "/users",
    "/protected",
    "/schedule",
    "/versions",
  ]) {
    await page.goto(here(account) + path);
    await expectSound(page);
  }
});
