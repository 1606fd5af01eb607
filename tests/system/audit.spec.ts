import { sql } from "drizzle-orm";
import { recordEvent } from "#lib/audit/record-event.ts";
import { systemActor } from "#lib/authorization/actor.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { expect, signIn, test } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { expectSound } from "./support/expect-sound.ts";
import { importFile, manyPeople } from "./support/import-file.ts";

const csvOf = (text: string) =>
  text
    .replace(/^\u{feff}/u, "")
    .trimEnd()
    .split("\r\n");

test("an import can be followed from who asked for it to its seal, filtered and exported @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const report = await importFile(page, account, { text: manyPeople(account, 3) });
  await page.goto(`/a/${account.slug}`);
  await page.getByRole("link", { name: "Audit" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Audit" })).toBeVisible();
  const asked = page.getByRole("row", { name: /^Run asked for/ });
  await expect(asked).toContainText("Ada Owner");
  await expect(asked).toContainText("from 127.0.0.1");
  await expect(page.getByRole("row", { name: /^Signed in/ })).toContainText(account.owner.email);

  await page.getByLabel("What", { exact: true }).selectOption({ label: "Changes carried out" });
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("1 event", { exact: true })).toBeVisible();
  const applied = page.getByRole("row", { name: /^Changes carried out/ });
  await expect(applied).toContainText("Changes: 3");
  const run = applied.getByRole("link", { name: "people.csv" });
  expect(await run.getAttribute("href")).toBe(report);
  await expect(async () => {
    await page.reload();
    await expect(applied).toContainText(/sealed, position \d+/, { timeout: 500 });
  }).toPass({ timeout: 30_000 });

  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export" }).click();
  const stream = await (await download).createReadStream();
  const lines = csvOf(Buffer.concat(await stream.toArray()).toString("utf8"));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain("Time (UTC),Who,What,On whom");
  expect(lines[1]).toContain("Changes carried out");
  expect((await download).suggestedFilename()).toBe(`audit-${account.slug}.csv`);

  await page.getByRole("link", { name: "Show everything" }).click();
  await page.getByLabel("Who", { exact: true }).fill("nobody@nowhere.test");
  await page.getByRole("button", { name: "Filter" }).click();
  await expect(page.getByText("Nothing was written down that fits")).toBeVisible();
  await page.goto(`/a/${account.slug}/audit?on=${account.owner.email}&what=audit.exported`);
  await expect(page.getByText("Nothing was written down that fits")).toBeVisible();
  await page.goto(`/a/${account.slug}/audit?what=audit.exported`);
  await expect(page.getByRole("row", { name: /^Audit exported/ })).toContainText("Ada Owner");
});

/** A role with these privileges in place of the owner's. */
const onlyWith = ({ id, owner }: TestAccount, privileges: string[]) =>
  withAccount({ accountId: id }, async (tx) => {
    const [role] = await tx.execute<{ id: string }>(sql`
      insert into roles (account_id, kind, name, privileges)
      values (${id}, 'custom', 'Some', ${sql.param(privileges)}::text[]) returning id`);
    await tx.execute(sql`update role_grants set role_id = ${role?.id} where user_id = ${owner.id}`);
  });

test("without the privilege there is no link, no page and no export @scripts-off", async ({
  page,
  account,
}) => {
  await onlyWith(account, ["users.view"]);
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(account.name);
  await expect(page.getByRole("link", { name: "Audit" })).toHaveCount(0);
  const here = `/a/${account.slug}/audit`;
  await page.goto(here);
  await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("Audit");
  expect((await page.request.get(`${here}/events.csv`)).status()).toBe(404);
});

test("with the privilege alone it is all there, and leads nowhere else", async ({ page, account }) => {
  await onlyWith(account, ["audit"]);
  await signIn(page, account);
  await page.goto(`/a/${account.slug}/audit`);
  await expect(page.getByRole("row", { name: /^Owner added/ })).toContainText(account.owner.email);
  await expect(page.getByRole("table").getByRole("link")).toHaveCount(0);
});

test("mangled addresses of the page show the first page", async ({ ownerPage: page, account }) => {
  for (const query of [
    "after=x",
    "from=2026-02-31&to=never",
    "what=constructor",
    "run='",
    "who=%00",
    "on=a&on=b",
  ]) {
    await page.goto(`/a/${account.slug}/audit?${query}`);
    await expect(page.getByRole("row", { name: /^Signed in/ }), query).toBeVisible();
  }
});

for (const width of [1280, 390])
  test(`long values fit ${width} px, and nothing is wrong for axe`, async ({ ownerPage: page, account }) => {
    const long = "Wolfeschlegelsteinhausenbergerdorff".repeat(12);
    const changes = [
      { field: "title", before: null, after: `<b>${long}</b>` },
      { field: "department", before: "\u202egnol", after: long },
    ];
    await withAccount({ accountId: account.id }, (tx) =>
      recordEvent(tx, systemActor(account.id, long), {
        action: "user.edited",
        subjectKind: "user",
        subjectId: account.owner.id,
        details: { changes, sha256: "a".repeat(64), addresses: [long, long] },
      }),
    );
    await page.setViewportSize({ width, height: 900 });
    await page.goto(`/a/${account.slug}/audit`);
    await expect(page.getByRole("row", { name: /^Fields changed/ })).toContainText("<b>Wolfe");
    await expectSound(page);
  });
