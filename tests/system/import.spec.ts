import { readFile } from "node:fs/promises";
import { expect, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { chooseAndSend, importFile, manyPeople, sendFile, statusOf } from "./support/import-file.ts";

function people({ domain }: TestAccount): string {
  return [
    "Email ID;First Name;Surname;Shoe Size",
    `grace@${domain};Grace;Hopper;38`,
    "łukasz@elsewhere.test;Łukasz;Nowak;44",
    `lukasz@${domain};Łukasz;"Nowak; junior";44`,
    `grace@${domain};Grace;Again;38`,
    "not an address;Nobody;Here;40",
  ].join("\r\n");
}

test("a file becomes users, invitations and a report @scripts-off", async ({ ownerPage: page, account }) => {
  const report = await importFile(page, account, { name: "joiners.csv", text: people(account) });
  await expect(statusOf(page)).toContainText("joiners.csv was imported. 5 rows: 2 new and 3 failed.");
  await page.getByRole("link", { name: "here", exact: true }).click();

  await page.waitForURL(`**${report}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Report On File Import");
  for (const assumed of ["Last Name, from “Surname”", "Shoe Size", "semicolon"]) {
    await expect(page.getByText(assumed)).toBeVisible();
  }
  await page.getByRole("link", { name: "Results", exact: true }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText("File Based Import Results");
  const row = (line: number) =>
    page.getByRole("row").filter({ has: page.getByRole("cell", { name: String(line), exact: true }) });
  await expect(row(2)).toContainText("New");
  await expect(row(3)).toContainText("Failed");
  await expect(row(5)).toContainText("line 2");
  await expect(row(6)).toContainText("Failed");

  await page.goto(`/a/${account.slug}/enrollment/import`);
  await page.getByRole("link", { name: "File Based Bulk User Import History" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("File Based Import History");
  await expect(page.getByRole("row").filter({ hasText: "joiners.csv" })).toContainText("Completed");
  await page.getByRole("link", { name: "Results", exact: true }).click();
  await page.waitForURL(`**${report}/results`);

  await page.goto(`/a/${account.slug}/users?search=grace`);
  const grace = page.getByRole("row").filter({ hasText: `grace@${account.domain}` });
  await expect(grace).toContainText("Invited");
});

test("checking changes nothing, and the plan can then be applied @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  await importFile(page, account, { text: people(account), button: "Check File" });
  await expect(statusOf(page)).toContainText(
    "nothing has been changed. An import would give: 5 rows: 2 new and 3 failed.",
  );
  await page.goto(`/a/${account.slug}/users?search=grace`);
  await expect(page.getByText("Nobody matches")).toBeVisible();

  await page.goBack();
  await page.getByRole("button", { name: "Apply this plan" }).click();
  await expect(statusOf(page)).toContainText("was imported. 5 rows: 2 new and 3 failed.", {
    timeout: 30_000,
  });
  await page.goto(`/a/${account.slug}/users?search=grace`);
  await expect(page.getByText(`grace@${account.domain}`)).toBeVisible();
});

test("the same file again changes nothing", async ({ ownerPage: page, account }) => {
  await importFile(page, account, { text: manyPeople(account, 3) });
  await importFile(page, account, { text: manyPeople(account, 3) });
  await expect(statusOf(page)).toContainText("was imported. 3 rows: 3 unchanged.");
});

test("the failed rows come back in the shape that uploads again @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const report = await importFile(page, account, { text: people(account) });
  await page.goto(report);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Failed rows" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("failed-rows-people.csv");
  const failed = await readFile(await download.path(), "utf8");
  expect(failed).toContain("Rollcall Reason,Email ID,First Name,Surname,Shoe Size");

  const mended = failed.replace(",łukasz@elsewhere.test,", `,mended@${account.domain},`);
  await importFile(page, account, { name: "mended.csv", text: mended });
  await expect(statusOf(page)).toContainText("was imported. 3 rows: 1 new");
});

test("invitations lie in the local mailbox @scripts-off", async ({ ownerPage: page, account }) => {
  const address = `grace@${account.domain}`;
  await importFile(page, account, { text: `Email ID,First Name\n${address},Grace\n` });
  const mail = page.getByRole("row").filter({ hasText: address });
  await expect(async () => {
    await page.goto("/local/mailbox");
    await expect(mail).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  await mail.getByRole("link").click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(account.name);
  await expect(page.locator("iframe")).toHaveAttribute("srcdoc", /\/join\//);
  await expect(page.locator("iframe")).toHaveAttribute("sandbox", /^(?!.*(scripts|same-origin))/);
  await expect(page.locator("pre")).toContainText("/join/");
});

test("the status is live without a reload", async ({ ownerPage: page, account }) => {
  await sendFile(page, account, { text: manyPeople(account, 2_000) });
  await page.evaluate(() => document.body.setAttribute("data-kept", "yes"));
  await expect(page.getByRole("link", { name: "here", exact: true })).toBeVisible({ timeout: 30_000 });
  await expect(page.locator("body")).toHaveAttribute("data-kept", "yes");
  await expect(page.getByText("2,000").first()).toBeVisible();
});

const faulty = {
  "an empty file": { text: "", says: /empty/i },
  "only a header": { text: "Email ID,First Name\r\n", says: /row/i },
  "no column of addresses": { text: "Name,Phone\r\nAda,1\r\n", says: /Email ID/ },
  "a JPEG": {
    text: Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70, 0, 1]),
    says: /JPEG|image|picture/i,
  },
  "a ZIP named .csv": {
    text: Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 0, 0, 8, 0, 0, 0]),
    says: /ZIP|Excel|\.xlsx/i,
  },
};

for (const [name, { text, says }] of Object.entries(faulty)) {
  test(`${name} comes back on the form with a sentence @scripts-off`, async ({
    ownerPage: page,
    account,
  }) => {
    await chooseAndSend(page, account, { text });
    await expect(page.locator("main").getByRole("alert")).toContainText(says);
    await expect(page.getByRole("button", { name: "Import File" })).toBeVisible();
    await page.goto(`/a/${account.slug}/enrollment/import/history`);
    await expect(page.getByText("No file has been imported yet")).toBeVisible();
  });
}
