import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { sql } from "drizzle-orm";
import type { Child } from "#bin/local/child-process.ts";
import { freePort } from "#bin/local/free-port.ts";
import {
  identityProviderUrl,
  providerAnswers,
  startIdentityProvider,
} from "#bin/local/start-identity-provider.ts";
import { waitUntil } from "#bin/local/wait-until.ts";
import { withAccount } from "#lib/db/with-account.ts";
import { test as base, expect, signIn } from "#tests/support/journey.ts";
import type { TestAccount } from "#tests/support/make-account.ts";
import { invited } from "./support/invited.ts";

type Provider = { issuer: string; secret: string; child: Child };

const test = base.extend<{ provider: Provider; acme: TestAccount }>({
  provider: async ({ app }, use) => {
    const [port, secret] = [await freePort(), randomBytes(16).toString("hex")];
    const logFile = join(app.logFolder, "identity-provider.log");
    const child = startIdentityProvider({
      root: process.cwd(),
      port,
      webUrl: app.url,
      secret,
      logFile,
      onDeath: () => {},
    });
    const issuer = identityProviderUrl(port);
    expect(await waitUntil(() => providerAnswers(issuer), 20_000)).toBe(true);
    await use({ issuer, secret, child });
    await child.stop();
  },
  /** The account of this test speaks for acme.test, the domain of the sample people, for as long as the test runs. */
  acme: async ({ account }, use) => {
    await inAccount(
      account,
      sql`insert into account_domains (account_id, domain, verified_at) values (${account.id}, 'acme.test', now())`,
    );
    for (const name of ["ada.abe", "ben.brown"])
      await inAccount(
        account,
        sql`insert into users (account_id, email, first_name, status, source)
        values (${account.id}, ${`${name}@acme.test`}, ${name}, 'active', 'import')`,
      );
    await use(account);
    await inAccount(account, sql`delete from account_domains where domain = 'acme.test'`);
  },
});

// The sample people's domain belongs to one account at a time.
test.describe.configure({ mode: "serial" });

const inAccount = (account: TestAccount, query: ReturnType<typeof sql>) =>
  withAccount({ accountId: account.id }, (tx) => tx.execute(query));

async function fillConnection(page: Page, { issuer, secret }: Pick<Provider, "issuer" | "secret">) {
  await page.getByLabel("Name", { exact: true }).fill("Sample");
  await page.getByLabel("Issuer").fill(issuer);
  await page.getByLabel("Client ID").fill("rollcall");
  await page.getByLabel("Client secret").fill(secret);
}

/** As the owner, through the page: connection, rule, switched on; then signed out. */
async function connect(page: Page, account: TestAccount, provider: Provider) {
  await signIn(page, account);
  await page.goto(`/a/${account.slug}/settings/sign-in`);
  await fillConnection(page, provider);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await page.getByLabel("Group", { exact: true }).fill("it-admins");
  await page.getByLabel("Role", { exact: true }).selectOption("Admin");
  await page.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText("The rule is added.")).toBeVisible();
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(page.getByText("Single sign-on is switched on.")).toBeVisible();
  await page.context().clearCookies();
}

async function arrive(page: Page, email: string, issuer: string) {
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill(email);
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${issuer}/**`);
}

test("a group of the provider makes an admin, in another browser than the owner's @scripts-off", async ({
  page,
  acme,
  provider,
}) => {
  await connect(page, acme, provider);
  await arrive(page, "ada.abe@acme.test", provider.issuer);
  await page.getByRole("button", { name: "Ada Abe" }).click();
  await page.waitForURL(`**/a/${acme.slug}`);
  await page.goto(`/a/${acme.slug}/settings/sign-in`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign-in settings");
  await expect(page.getByLabel("Redirect URI")).toHaveValue(/\/api\/auth\/callback\/[0-9a-f-]{36}$/);
  expect(await page.content()).not.toContain(provider.secret);
});

test("an unknown address of the domain is led to the provider as well, and refused in one sentence @scripts-off", async ({
  page,
  acme,
  provider,
}) => {
  await connect(page, acme, provider);
  for (const [who, sentence] of [
    ["Grace Patel", "Nobody with your e-mail address has been invited here."],
    ["Uma Unconfirmed", "has not confirmed your e-mail address"],
    ["Walter Elsewhere", "is not of a domain"],
  ] as const) {
    // The provider knows this browser as the one before, and would ask without scripts to sign that one out.
    await page.context().clearCookies();
    await arrive(page, "nobody.at.all@acme.test", provider.issuer);
    await page.getByRole("button", { name: who }).click();
    await page.waitForURL("**/sign-in");
    await expect(page.getByText(sentence)).toBeVisible();
    await expect(page.getByRole("button", { name: "Send the link" })).toBeVisible();
  }
});

test("a suspended person is refused, and what was open ends at once @scripts-off", async ({
  page,
  acme,
  provider,
}) => {
  await connect(page, acme, provider);
  await arrive(page, "ada.abe@acme.test", provider.issuer);
  await page.getByRole("button", { name: "Ada Abe" }).click();
  await page.waitForURL(`**/a/${acme.slug}`);
  await inAccount(acme, sql`update users set status = 'suspended' where email = 'ada.abe@acme.test'`);
  await page.goto(`/a/${acme.slug}`);
  await page.waitForURL("**/sign-in");
  await arrive(page, "ada.abe@acme.test", provider.issuer);
  await page.getByRole("button", { name: "Ada Abe" }).click();
  await page.waitForURL("**/sign-in");
  await expect(page.getByText("You are suspended here.")).toBeVisible();
});

test("the provider is away: people are told so, and an owner comes in by the link @scripts-off", async ({
  page,
  acme,
  provider,
}) => {
  await connect(page, acme, provider);
  await provider.child.stop();
  await page.goto("/sign-in");
  await page.getByLabel("Email").fill("ada.abe@acme.test");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("Your company's sign-in does not answer at the moment.")).toBeVisible({
    timeout: 20_000,
  });
  await page.getByLabel("Email").fill(acme.owner.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText(/a link is on its way to it/)).toBeVisible();
  await signIn(page, acme);
});

test("settings that have not passed a test cannot be switched on; another issuer asks for its secret @scripts-off", async ({
  ownerPage: page,
  account,
  provider,
}) => {
  await page.goto(`/a/${account.slug}/settings/sign-in`);
  await fillConnection(page, { ...provider, issuer: `${provider.issuer}/elsewhere` });
  await page.getByRole("button", { name: "Test Connection" }).click();
  await expect(page.getByText(/Saved, but the test failed\..*answered with 404/)).toBeVisible({
    timeout: 20_000,
  });
  await page.getByRole("button", { name: "Switch on" }).click();
  await expect(
    page.getByText("These settings have not passed a test yet. Press Test Connection first."),
  ).toBeVisible();
  await page.getByLabel("Issuer").fill(provider.issuer);
  await page.getByRole("button", { name: "Test Connection" }).click();
  await expect(page.getByText("Enter its client secret")).toBeVisible();
  await page.getByLabel("Client secret").fill(provider.secret);
  await page.getByRole("button", { name: "Test Connection" }).click();
  await expect(page.getByText("The test passed")).toBeVisible();
  await page.getByRole("button", { name: "Switch on" }).click();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByText("Single sign-on is switched off.")).toBeVisible();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("The connection is removed.")).toBeVisible();
});

test("the link of an invitation says that it leads to the provider, and there the person joins @scripts-off", async ({
  app,
  page,
  acme,
  provider,
}) => {
  await connect(page, acme, provider);
  const grace = await invited(app, acme, { email: "grace.patel@acme.test" });
  await page.goto(grace.mailed);
  await expect(page.getByText(`${acme.name} has a sign-in of its own.`)).toBeVisible();
  await expect(page.getByLabel("First Name")).toHaveCount(0);
  await page.getByRole("button", { name: "Join", exact: true }).click();
  await page.waitForURL(`${provider.issuer}/**`);
  await page.getByRole("button", { name: "Grace Patel" }).click();
  await page.waitForURL(`**/a/${acme.slug}/me`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Welcome to ${acme.name}`);
  await page.goto(grace.mailed);
  await page.waitForURL(`**/a/${acme.slug}/me`);
});
