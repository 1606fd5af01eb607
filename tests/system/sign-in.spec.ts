import { expect, signIn, test } from "#tests/support/journey.ts";

test("the link shows a button, and the button signs in once @scripts-off", async ({ page, account }) => {
  const link = await account.signInPath();
  await page.goto(link);
  await page.reload();
  await expect(page.getByText(account.owner.email)).toBeVisible();
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`**/a/${account.slug}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(account.name);

  await page.context().clearCookies();
  await page.goto(link);
  await expect(page.getByRole("heading", { name: "This link does not work any more" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign in" })).toHaveCount(0);
});

test("the session cookie is out of reach for scripts and other sites", async ({ page, account }) => {
  await signIn(page, account);
  const cookies = await page.context().cookies();
  const session = cookies.find((cookie) => cookie.name === "next-auth.session-token");
  expect(session).toMatchObject({ httpOnly: true, sameSite: "Lax" });
});

test("signing out ends the session, also for a copy of its cookie @scripts-off", async ({
  page,
  account,
}) => {
  await signIn(page, account);
  const kept = await page.context().cookies();
  await page.getByText("Ada Owner", { exact: true }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL("**/sign-in");
  await expect(page.getByText("You are signed out.")).toBeVisible();

  await page.context().addCookies(kept);
  await page.goto(`/a/${account.slug}`);
  await page.waitForURL("**/sign-in");
});

test("whoever asks for a link gets the same answer @scripts-off", async ({ page, account }) => {
  const answers: string[] = [];
  for (const email of [account.owner.email, `nobody@${account.domain}`, "not an address"]) {
    await page.goto("/sign-in");
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    answers.push(await page.getByText(/a link is on its way/).innerText());
  }
  expect(new Set(answers).size).toBe(1);
});

test("an empty address comes back with a sentence at the field @scripts-off", async ({ page }) => {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("   ");
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("Enter your address.")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveAttribute("aria-invalid", "true");
});

test("/ leads to the sign-in page, and to the account once signed in @scripts-off", async ({
  page,
  account,
}) => {
  await page.goto("/");
  await page.waitForURL("**/sign-in");
  await signIn(page, account);
  await page.goto("/");
  await page.waitForURL(`**/a/${account.slug}`);
});

test("a foreign account and an unknown page are the same not-found page @scripts-off", async ({
  ownerPage,
}) => {
  for (const path of ["/a/somebody-else", "/a/somebody-else/users", "/no/such/page"]) {
    expect((await ownerPage.goto(path))?.status()).toBe(404);
    await expect(ownerPage.getByRole("heading", { name: "There is no such page" })).toBeVisible();
  }
});

test("next-auth's own door takes the same token once, and closes the session", async ({ page, account }) => {
  const token = (await account.signInPath()).split("/").at(-1) ?? "";
  const origin = new URL((await page.goto("/sign-in"))?.url() ?? "").origin;
  const door = async (path: string, form: Record<string, string>) => {
    const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
    return page.request.post(path, { headers: { origin }, form: { csrfToken, ...form }, maxRedirects: 0 });
  };
  await door("/api/auth/callback/one-time-token", { token });
  expect((await page.goto(`/a/${account.slug}`))?.url()).toContain(`/a/${account.slug}`);
  const kept = await page.context().cookies();

  await door("/api/auth/signout", {});
  await page.context().addCookies(kept);
  await page.goto(`/a/${account.slug}`);
  await page.waitForURL("**/sign-in");
  await door("/api/auth/callback/one-time-token", { token });
  expect((await page.goto(`/a/${account.slug}`))?.url()).toContain("/sign-in");
});
