import type { Page } from "@playwright/test";
import { expect, signIn, test } from "#tests/support/journey.ts";
import { barePost, hiddenFields, multipartBody, multipartType } from "./support/bare-post.ts";

const foreign: Record<string, Record<string, string>> = {
  "no Origin": {},
  "a null Origin": { origin: "null" },
  "a foreign Origin": { origin: "https://evil.example" },
  "a foreign Origin and the same Host": { origin: "https://evil.example", host: "evil.example" },
  "a foreign Origin and forwarded host": {
    origin: "https://evil.example",
    "x-forwarded-host": "evil.example",
  },
  "our host on another port": { origin: "http://127.0.0.1:1" },
};
const type = { "content-type": multipartType };

async function cookieOf(page: Page): Promise<string> {
  return (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

test("sign-in from elsewhere is refused and leaves the link alone", async ({ app, page, account }) => {
  const path = await account.signInPath();
  const fields = hiddenFields(await (await page.request.get(path)).text(), "Sign in");
  for (const headers of Object.values(foreign)) {
    const answer = await barePost(app.url, {
      path,
      headers: { ...type, ...headers },
      body: multipartBody(fields),
    });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
  }
  await signIn(page, { ...account, signInPath: async () => path });
});

test("an action from elsewhere is refused on every page that takes it", async ({
  app,
  ownerPage,
  account,
}) => {
  const home = `/a/${account.slug}`;
  const cookie = await cookieOf(ownerPage);
  const fields = hiddenFields(await (await ownerPage.request.get(home)).text(), "Sign out");
  const action = /[0-9a-f]{40,}/.exec(JSON.stringify(fields))?.[0] ?? "";
  expect(action).not.toBe("");
  const bare = { "next-action": action, "content-type": "text/plain;charset=UTF-8" };
  for (const headers of Object.values(foreign)) {
    const sent = [
      { path: home, headers: { ...type, ...headers, cookie }, body: multipartBody(fields) },
      { path: home, headers: { ...bare, ...headers, cookie }, body: "[]" },
      { path: "/sign-in", headers: { ...bare, ...headers, cookie }, body: "[]" },
      { path: "/no/such/page", headers: { ...bare, ...headers, cookie }, body: "[]" },
    ];
    for (const one of sent)
      expect((await barePost(app.url, one)).status, JSON.stringify(one.headers)).toBe(403);
  }
  await ownerPage.reload();
  await expect(ownerPage.getByRole("heading", { level: 1 })).toHaveText(account.name);

  const ours = { ...type, cookie, origin: app.url };
  const answer = await barePost(app.url, { path: home, headers: ours, body: multipartBody(fields) });
  expect(answer).toEqual({ status: 303, location: "/sign-in" });
});

test("an upload from elsewhere is refused before there is a run", async ({ app, ownerPage, account }) => {
  const cookie = await cookieOf(ownerPage);
  const path = `/a/${account.slug}/enrollment/import/upload`;
  const body = multipartBody(
    { mode: "apply" },
    { name: "people.csv", text: `Email ID\r\nada@${account.domain}\r\n` },
  );
  const list = `/a/${account.slug}/enrollment/bulk-invite/upload`;
  for (const headers of Object.values(foreign))
    for (const to of [path, list]) {
      const answer = await barePost(app.url, { path: to, headers: { ...type, ...headers, cookie }, body });
      expect(answer.status, JSON.stringify({ to, headers })).toBe(403);
    }
  await ownerPage.goto(`/a/${account.slug}/enrollment/import/history`);
  await expect(ownerPage.getByText("No file has been imported yet")).toBeVisible();
  await ownerPage.goto(`/a/${account.slug}/enrollment/bulk-invite/history`);
  await expect(ownerPage.getByText("Nobody was invited from a list yet")).toBeVisible();

  const answer = await barePost(app.url, { path, headers: { ...type, cookie, origin: app.url }, body });
  expect(answer.status).toBe(303);
  expect(answer.location).toContain("/enrollment/import?run=");
});
