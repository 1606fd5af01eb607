import { expect, test } from "#tests/support/journey.ts";
import { bareRequest } from "./support/bare-post.ts";
import { consoleRoutes, idsInQueries, pathOf } from "./support/console-routes.ts";
import { cookieOf } from "./support/cookie-of.ts";
import { fingerprint, insiderCookie, marker, stockedAccount } from "./support/stocked-account.ts";

test("the routes are found by their files", () => {
  expect(consoleRoutes.length).toBeGreaterThan(20);
  expect(consoleRoutes.map(({ pattern }) => pattern)).toContain("runs/[id]/report.csv");
});

test("no address shows anything of another account, by its name or by its ids", async ({ app, account }) => {
  test.setTimeout(180_000);
  const victim = await stockedAccount(app);
  const { cookie } = await cookieOf(app, account);
  const before = await fingerprint(app, victim.account.id);
  for (const route of consoleRoutes) {
    for (const slug of [victim.account.slug, account.slug]) {
      const path = pathOf(route, slug, victim.stock);
      const answer = await bareRequest(app.url, { path, headers: { cookie } });
      expect(answer.body, path).not.toContain(marker);
      expect(answer.status, path).toBeLessThan(500);
      // Under the other account's name there is nothing at all.
      if (slug === victim.account.slug) expect([path, answer.status]).not.toEqual([path, 200]);
    }
  }
  for (const [page, parameter, key] of idsInQueries) {
    const path = `/a/${account.slug}/${page}?${parameter}=${victim.stock[key]}`;
    const answer = await bareRequest(app.url, { path, headers: { cookie } });
    expect(answer.body, path).not.toContain(marker);
    expect(answer.status, path).toBeLessThan(500);
  }
  expect(await fingerprint(app, victim.account.id)).toEqual(before);
});

test("the same addresses do show it to whom it belongs, so that the test above means something", async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { account, stock, cookie } = await stockedAccount(app);
  const silent: string[] = [];
  for (const route of consoleRoutes) {
    const answer = await bareRequest(app.url, {
      path: pathOf(route, account.slug, stock),
      headers: { cookie },
    });
    // Where a page leads on at once, or takes posts only, there is nothing to be seen.
    if (!answer.body.includes(marker)) silent.push(`${answer.status} ${route.pattern}`);
  }
  // The lines of failed.csv lie sealed in the file itself, which is not stocked.
  expect(silent.filter((told) => !/^(30\d|405|404) /.test(told))).toEqual(["200 runs/[id]/failed.csv"]);
});

test("without a session no address shows anything", async ({ app }) => {
  test.setTimeout(180_000);
  const { account, stock } = await stockedAccount(app);
  for (const route of consoleRoutes) {
    const path = pathOf(route, account.slug, stock);
    const answer = await bareRequest(app.url, { path });
    expect(answer.body, path).not.toContain(marker);
    expect([path, answer.status]).not.toEqual([path, 200]);
  }
});

test("who holds a role without the privilege sees none of it in the own account either", async ({ app }) => {
  test.setTimeout(180_000);
  const { account, stock } = await stockedAccount(app, "Quiet Works");
  const cookie = await insiderCookie(app, account);
  for (const route of consoleRoutes.filter(({ pattern }) => !openToAll.includes(pattern))) {
    const path = pathOf(route, account.slug, stock);
    const answer = await bareRequest(app.url, { path, headers: { cookie } });
    expect(answer.body, path).not.toContain(marker);
    expect([path, answer.status]).not.toEqual([path, 200]);
  }
});

/** What any admin sees; the overview shows by privilege what stands on it. */
const openToAll = ["", "me", "enrollment", "accounts"];
