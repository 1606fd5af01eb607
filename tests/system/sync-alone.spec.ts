import { sql } from "drizzle-orm";
import { withAccount } from "#lib/db/with-account.ts";
import { expect } from "#tests/support/journey.ts";
import { member, signInAs } from "./support/member.ts";
import { button, connect, endHold, pageOf, runNow, test } from "./support/synced.ts";

test("whoever may sync and nothing else runs, reads the report, decides and takes back", async ({
  page,
  account,
  company,
  app,
}) => {
  await connect(app, account, company);
  await withAccount({ accountId: account.id }, (tx) =>
    tx.execute(sql`insert into roles (account_id, kind, name, privileges)
      values (${account.id}, 'custom', 'Syncer', '{enrollment.directory_sync}')`),
  );
  await signInAs(page, app, account, await member(account, { name: "Sy Ncer", role: "Syncer" }));
  await runNow(page, account);
  await endHold(account);
  for (const { dn } of company.people().slice(0, 12)) company.tree.remove(dn);
  await runNow(page, account);
  await page.goto(`/a/${account.slug}`);
  await page.getByRole("link", { name: "Approve or discard" }).click();
  await button(page, "Discard").click();
  await expect(page.getByText("were discarded by Sy Ncer")).toBeVisible();
  await page.goto(`${pageOf(account)}/history`);
  await page.getByRole("link", { name: "Sync Results" }).last().click();
  await button(page, "Undo this sync").click();
  await expect(page.getByRole("heading", { name: "40 people would be changed" })).toBeVisible({
    timeout: 30_000,
  });
  await button(page, "Keep everything").click();
  await expect(page.getByText("Everything was kept.")).toBeVisible();
});
