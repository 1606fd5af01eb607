import { expect, test } from "#tests/support/journey.ts";
import { importFile, manyPeople } from "./support/import-file.ts";

test("results page to both ends, filter and search @scripts-off", async ({ ownerPage: page, account }) => {
  const text = `${manyPeople(account, 120)}\nbad address,Bad,One\n`;
  const results = `${await importFile(page, account, { text })}/results`;
  await page.goto(results);
  const lines = async () =>
    (await page.getByRole("row").allInnerTexts()).slice(1).map((row) => Number.parseInt(row, 10));
  const first = await lines();
  expect([first.length, first[0]]).toEqual([50, 2]);

  await page.getByRole("link", { name: "Next page" }).click();
  await page.waitForURL(/after=/);
  expect((await lines())[0]).toBe(52);
  await page.getByRole("link", { name: "Last page" }).click();
  await page.waitForURL(/last=/);
  expect((await lines()).at(-1)).toBe(122);
  await expect(page.getByRole("link", { name: "Next page" })).toHaveCount(0);
  await page.getByRole("link", { name: "First page" }).click();
  await page.waitForURL(/results$/);
  expect(await lines()).toEqual(first);

  await page.getByLabel("Outcome").selectOption("Failed");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/outcome=failed/);
  expect(await lines()).toEqual([122]);

  await page.goto(results);
  await page.getByLabel("Search by address").fill("person77@");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/search=/);
  expect(await lines()).toEqual([79]);
});

test("a mangled address shows the first page, a foreign run none @scripts-off", async ({
  ownerPage: page,
  account,
}) => {
  const report = await importFile(page, account, { text: manyPeople(account, 2) });
  for (const query of ["after=x'", "before=-1", "outcome=nonsense", "after=1&after=2", "search=%25%00"]) {
    expect((await page.goto(`${report}/results?${query}`))?.status(), query).toBe(200);
  }
  for (const query of ["after=1", "before=zz", "status=nonsense", "search=%00"]) {
    expect((await page.goto(`/a/${account.slug}/users?${query}`))?.status(), query).toBe(200);
  }
  for (const id of ["1", "00000000-0000-7000-8000-000000000000"]) {
    expect((await page.goto(`/a/${account.slug}/runs/${id}`))?.status()).toBe(404);
    expect((await page.request.get(`/a/${account.slug}/runs/${id}/report.csv`)).status()).toBe(404);
  }
});

test("users page, filter by status and search @scripts-off", async ({ ownerPage: page, account }) => {
  await importFile(page, account, { text: manyPeople(account, 60) });
  await page.goto(`/a/${account.slug}/users`);
  await expect(page.getByText("61 people")).toBeVisible();
  await page.getByRole("link", { name: "Next page" }).click();
  await page.waitForURL(/after=/);
  await expect(page.getByRole("row")).toHaveCount(1 + 11);
  await page.getByLabel("Status").selectOption("Active");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("row")).toHaveCount(1 + 1);
  await page.goto(`/a/${account.slug}/users`);
  await page.getByLabel("Search by name or address").fill("person59");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("row")).toHaveCount(1 + 1);
});
